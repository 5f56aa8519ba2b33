/**
 * Words of @faker-js/faker, chosen by scripts/vocabulary.ts; do not edit.
 *
 * Faker - Copyright (c) 2022-2025
 *
 * This software consists of voluntary contributions made by many individuals.
 * For exact contribution history, see the revision history
 * available at https://github.com/faker-js/faker
 *
 * Permission is hereby granted, free of charge, to any person obtaining
 * a copy of this software and associated documentation files (the
 * "Software"), to deal in the Software without restriction, including
 * without limitation the rights to use, copy, modify, merge, publish,
 * distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to
 * the following conditions:
 *
 * The above copyright notice and this permission notice shall be
 * included in all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
 * EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
 * MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
 * LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
 * OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
 * WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */

export const firstNames: readonly string[] =
  'Aaliyah,Adam,Aglae,Alberta,Alexanne,Allie,Amanda,Anais,Aniya,Antonio,Arnaldo,Astrid,Bailee,Berenice,Bettye,Braden,Brendan,Brock,Caesar,Carissa,Carolyn,Cecil,Chasity,Ciara,Cletus,Conner,Courtney,Dale,Daphne,Darwin,Declan,Demond,Destini,Dock,Dorothea,Earnest,Effie,Eleonore,Ellis,Elvis,Emmet,Erling,Etha,Everardo,Felicia,Florencio,Frederick,Garret,Georgiana,Ginger,Grady,Gus,Harmony,Helene,Hilda,Hudson,Imogene,Isom,Jacques,Jamir,Jarrell,Jayson,Jennie,Jessica,Joaquin,Jonathan,Jovany,Junior,Kaitlyn,Karla,Katlynn,Keira,Kenyon,Kip,Kristy,Lance,Lavinia,Lena,Lessie,Lilliana,Lois,Louis,Luis,Mable,Maegan,Mamie,Marge,Mario,Marvin,Maurine,Meda,Meta,Miranda,Monty,Myrtis,Nayeli,Nicklaus,Nona,Ole,Orpha,Pam,Peggy,Price,Ramiro,Rebeca,Rey,Roberta,Ronaldo,Rosie,Rusty,Samantha,Savion,Shanelle,Sherri,Sofia,Stephen,Sylvia,Teresa,Thora,Tomasa,Trevion,Tyshawn,Vera,Vilma,Wade,Wilber,Winifred,Zachary'.split(
    ',',
  )

export const lastNames: readonly string[] =
  'Abbott,Adams,Armstrong,Bahringer,Bartell,Bashirian,Bayer,Bechtelar,Beier,Bergstrom,Blanda,Boehm,Borer,Boyle,Braun,Buckridge,Cartwright,Cole,Conn,Corkery,Crist,Crooks,Daniel,Davis,Dickens,Dietrich,Doyle,Ebert,Erdman,Farrell,Feest,Flatley,Franey,Gerhold,Gislason,Goldner,Gottlieb,Grant,Gulgowski,Gutmann,Hahn,Hamill,Hansen,Hartmann,Heaney,Heller,Herzog,Hilll,Hintz,Homenick,Howell,Hyatt,Jacobson,Jenkins,Johnson,Kautzer,Kerluke,Kiehn,Kirlin,Klocko,Kohler,Kovacek,Kris,Kuhic,Kunde,Kuvalis,Lang,Larson,Ledner,Lemke,Lind,Lockman,Lueilwitz,Macejkovic,Marks,Mayer,McDermott,McLaughlin,Miller,Moen,Morar,Mraz,Murphy,Nienow,Nolan,Orn,Pacocha,Parker,Pollich,Price,Purdy,Ratke,Reichert,Rempel,Rippin,Roberts,Rolfson,Rosenbaum,Runte,Ryan,Schaden,Schinner,Schmitt,Schroeder,Schumm,Shanahan,Sipes,Spencer,Stamm,Steuber,Streich,Swaniawski,Thompson,Torphy,Tremblay,Turcotte,Vandervort,Von,Walsh,Watsica,Weimann,White,Wilkinson,Windler,Wisozk,Wolff,Wyman,Zemlak'.split(
    ',',
  )

export const jobAreas: readonly string[] =
  'Accounts,Applications,Assurance,Brand,Creative,Data,Directives,Factors,Group,Identity,Integration,Intranet,Marketing,Markets,Mobility,Operations,Optimization,Paradigm,Quality,Research,Response,Solutions,Tactics,Usability'.split(
    ',',
  )

export const jobTypes: readonly string[] =
  'Agent,Analyst,Architect,Assistant,Associate,Consultant,Coordinator,Developer,Director,Engineer,Executive,Facilitator,Liaison,Manager,Orchestrator,Planner,Producer,Specialist,Strategist,Supervisor'.split(
    ',',
  )

export const cities: readonly string[] =
  'Abilene,Aliso Viejo,Ames,Antioch,Arlington,Auburn,Baton Rouge,Bedford,Berkeley,Bismarck,Bossier City,Brandon,Brownsville,Burleson,Canton,Carson City,Cedar Park,Charleston,Chico,Clearwater,Columbus,Corvallis,Dale City,DeKalb,Denver,Draper,East Lansing,El Cajon,Elmhurst,Euless,Fayetteville,Flower Mound,Fort Wayne,Frisco,Gastonia,Glenview,Green Bay,Haltom City,Hartford,Hesperia,Homestead,Idaho Falls,Irving,Jonesboro,Kendall,Kingsport,Lacey,Lancaster,Lawton,Lewisville,Logan,Lowell,Manchester,Marysville,Menifee,Methuen Town,Milpitas,Mobile,Mount Vernon,Nashua,Newport News,Norwalk,Oceanside,Orland Park,Palm Coast,Parker,Pearl City,Pharr,Placentia,Pomona,Portsmouth,Raleigh,Renton,Riverside,Rockwall,Rowlett,San Angelo,San Leandro,Santa Clara,Savannah,Sheboygan,Smyrna,Southfield,Stillwater,Sunrise,Taylor,The Villages,Topeka,Tulare,University,Vancouver,Walnut Creek,Waukegan,West Jordan,Whittier,Wyoming'.split(
    ',',
  )

export const streets: readonly string[] =
  'A Street,Albert Road,Ash Grove,Baker Street,Bay Street,Beechwood Avenue,Birch Road,Bridge Street,Brook Lane,Canal Street,Cedar Close,Center Road,Chapel Street,Chestnut Drive,Church Path,Clarence Road,Clifton Road,Commercial Road,Cow Lane,Dark Lane,Division Street,E Center Street,E High Street,E Oak Street,E Union Street,Edward Street,Farm Close,Fore Street,Front Street,Glebe Close,Grange Road,Greenway,Harrison Avenue,Heath Road,High Street,Hillside,Howard Street,Jubilee Close,Kings Highway,Lake Street,Lee Street,Lincoln Street,Madison Avenue,Main Street E,Manor Gardens,Maple Road,Mary Street,Meadow Way,Milton Road,Mount Street,N Center Street,N Front Street,N Main Avenue,N Pearl Street,N Water Street,Norfolk Road,Oak Avenue,Oaklands,Orchard Street,Park Lane,Pine Close,Poplar Close,Priory Close,Quarry Lane,Richmond Close,Riverside Avenue,S Bridge Street,S East Street,S Lincoln Street,S Monroe Street,S Walnut Street,School Lane,Smith Street,South View,Stanley Street,Station Street,Tennyson Road,The Copse,The Grange,The Limes,The Oval,The Rise,Third Avenue,University Drive,Victoria Road,W Central Avenue,W Jackson Street,W North Street,W State Street,Warren Road,Waverley Road,West Road,William Street,Windermere Road,Wood Street,Woodlands Road'.split(
    ',',
  )

export const states: readonly string[] =
  'Alabama,Alaska,Arkansas,California,Connecticut,Delaware,Georgia,Hawaii,Illinois,Iowa,Kansas,Louisiana,Maine,Massachusetts,Michigan,Mississippi,Montana,Nebraska,New Hampshire,New Jersey,New York,North Carolina,Ohio,Oklahoma,Pennsylvania,South Carolina,South Dakota,Texas,Utah,Virginia,Washington,Wisconsin'.split(
    ',',
  )

export const countries: readonly string[] =
  'Afghanistan,Algeria,Andorra,Anguilla,Argentina,Aruba,Austria,Bahamas,Bangladesh,Belarus,Belize,Bhutan,Botswana,Brazil,Burkina Faso,Cambodia,Canada,Cayman Islands,Chile,Colombia,Congo,Costa Rica,Cyprus,Denmark,Dominica,Egypt,Eritrea,Eswatini,Faroe Islands,Finland,French Guiana,Gambia,Ghana,Greece,Grenada,Guam,Guernsey,Guinea-Bissau,Haiti,Hong Kong,Iceland,Indonesia,Iraq,Israel,Jamaica,Jersey,Kazakhstan,Kiribati,Latvia,Lesotho,Liechtenstein,Luxembourg,Madagascar,Malaysia,Malta,Mauritania,Mayotte,Micronesia,Monaco,Montenegro,Morocco,Myanmar,Nauru,Netherlands,Nicaragua,Nigeria,Norfolk Island,Oman,Palau,Panama,Peru,Poland,Puerto Rico,Romania,Saint Helena,Samoa,Saudi Arabia,Serbia,Sierra Leone,Sint Maarten,Slovenia,South Africa,Spain,Sudan,Sweden,Taiwan,Thailand,Togo,Tonga,Turkey,Tuvalu,Ukraine,Uruguay,Vanuatu,Vietnam,Yemen'.split(
    ',',
  )

export const adjectives: readonly string[] =
  'abandoned,adolescent,alert,angelic,ashamed,awful,best,blue,brave,burdensome,cautious,classic,coarse,content,creative,curly,deafening,delectable,different,distant,dull,elderly,enchanting,exalted,fair,fatal,first,flustered,fragrant,frizzy,general,glittering,grandiose,grizzled,gummy,heavenly,honorable,icy,immediate,improbable,informal,jam-packed,jumbo,lasting,light,live,low,male,meaty,mindless,monthly,muted,negative,nippy,obvious,orange,outrageous,passionate,phony,pointless,powerless,private,pure,quiet,recent,rewarding,rotten,rusty,scented,serene,shiny,silky,slight,snarling,sorrowful,spherical,staid,stingy,sturdy,superb,tame,tepid,tidy,tragic,turbulent,unhealthy,unripe,unused,urban,velvety,warped,weighty,whispered,winding,worldly,wry'.split(
    ',',
  )

export const nouns: readonly string[] =
  'CD,address,agreement,alb,amendment,apparatus,asset,backbone,barracks,behest,bin,bob,bowler,brochure,cake,carboxyl,cassava,ceramics,charm,cinder,coal,comestible,contractor,cornet,countess,crocodile,cutover,decision,density,descent,digestive,disk,doorpost,drive,e-mail,eggplant,epic,excess,extent,fax,festival,fireplace,flight,following,formamide,freezing,galoshes,giggle,goodwill,grandson,guard,halt,haversack,hepatitis,hope,hubris,hutch,icebreaker,impostor,instance,invite,joy,kick,knight,language,leading,lieu,longboat,lyre,mallard,marksman,meatloaf,metal,minor,monocle,mousse,nephew,noon,obesity,omelet,ostrich,overload,pantyhose,patroller,peony,phrase,pilot,platter,poetry,porter,pressure,promise,pupil,range,receptor,reporter,reward,roundabout,sailor,saw,scorpion,season,settler,siege,skyline,sock,sonnet,spring,stay,stock,stump,sundae,swath,synergy,tarragon,tennis,thorn,tomography,transom,trick,tuxedo,unique,vein,viability,vista,wasabi,widow,wriggler'.split(
    ',',
  )

export const loremWords: readonly string[] =
  'a,absum,acerbitas,adduco,adicio,adopto,advoco,aestas,ago,alius,amicitia,amplus,antea,appositus,arbustum,armarium,aspernatur,atqui,audentia,auxilium,beatae,blandior,calcar,capio,carmen,causa,ceno,cibo,clamo,coerceo,colo,commemoro,conatus,conicio,constans,copiose,coruscus,creptio,cubitum,cunabula,curatio,curto,decens,deduco,degenero,delicate,demum,deporto,deserunt,dolore,eius,ex,hic,ipsam,libero,mollitia,nostrum,optio,pax,possimus,quidem,repellat,sodalitas,soluta,spargo,stabilis,stultus,subvenio,summa,suppono,synagoga,talis,tantum,tenax,terebro,terreo,theca,timidus,totam,trepide,tui,uberrime,umquam,usque,utpote,valens,velit,venustas,vero,vestigium,vigilo,vinum,vitae,volo,vomer,vulariter'.split(
    ',',
  )

export const productAdjectives: readonly string[] =
  'Awesome,Bespoke,Electronic,Ergonomic,Fantastic,Fresh,Generic,Gorgeous,Handcrafted,Incredible,Intelligent,Licensed,Modern,Oriental,Practical,Refined,Rustic,Sleek,Soft,Tasty'.split(
    ',',
  )

export const productMaterials: readonly string[] =
  'Aluminum,Bamboo,Bronze,Ceramic,Cotton,Gold,Granite,Marble,Plastic,Rubber,Silk,Steel'.split(',')

export const products: readonly string[] =
  'Bacon,Ball,Bike,Car,Chair,Chicken,Chips,Computer,Fish,Gloves,Keyboard,Mouse,Pants,Pizza,Salad,Shirt,Shoes,Soap,Table,Towels'.split(
    ',',
  )

export const departments: readonly string[] =
  'Automotive,Baby,Beauty,Books,Clothing,Computers,Electronics,Games,Garden,Grocery,Home,Industrial,Jewelry,Kids,Movies,Music,Outdoors,Shoes,Sports,Tools'.split(
    ',',
  )

export const companyForms: readonly string[] = 'Group,Inc,LLC,and Sons'.split(',')

export const colours: readonly string[] =
  'azure,black,blue,cyan,gold,green,grey,ivory,lavender,lime,magenta,mint green,olive,orange,pink,plum,purple,red,silver,sky blue,tan,turquoise,violet,white'.split(
    ',',
  )

export const fruits: readonly string[] =
  'apple,apricot,avocado,berry,blood orange,bush tomato,cavalo,coconut,cranberry,currant,dragonfruit,feijoa,fingerlime,grape,guava,kiwi fruit,lemon,lime,loquat,mandarin,mangosteen,mulberry,nectarine,orange,papaya,peach,persimmon,plum,prune,rockmelon,strawberry,tangelo'.split(
    ',',
  )
