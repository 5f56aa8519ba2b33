var s=(l,e)=>()=>{try{return e||l((e={exports:{}}).exports,e),e.exports}catch(r){throw e=0,r}};var a=s((exports,module)=>{module.exports=eval("require")("./baselines/")});export default a();
