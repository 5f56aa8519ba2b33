/**
 * Frequent first and last names, by which a column of people's names is known whatever it is called. From public
 * statistics: US Social Security Administration (names of births) and Census Bureau (surnames of 2010), Office for
 * National Statistics (UK), Gesellschaft für deutsche Sprache, INSEE (France), INE (Spain), ISTAT (Italy), CBS and Meertens
 * Instituut (Netherlands), GUS (Poland), SCB (Sweden), IBGE (Brazil). Without accents, and without names that are common
 * words as well (Will, Rose, Green, King), which would make any text look like a name.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const first = words(`
  aaron abigail adam adrian agnieszka ahmed aisha alan albert alberto alejandro aleksandra alessandro alessia alex alexander
  alexandra alexandre alexis alice alicia alina amanda amelie amina amy ana andre andrea andreas andres andrew andrzej angela
  angelika anita anja ann anna anne annette anthony antoine antonio arthur ashley astrid barbara beatriz ben benjamin bernd
  bianca birgit bjorn brandon brenda brian bruno camille carl carla carlos carmen carol caroline catherine cecilia celine
  charles charlotte chiara chloe christian christina christine christoph christopher clara claudia claudio clement
  cristina cynthia daniel daniela daniele danielle david deborah dennis diana diego dieter dominik dominique donald donna
  dorothy edward elena elias elisa elisabeth elizabeth emilia emily emma enzo eric erik erika ernst esther ethan eva evelyn
  fabian fatima federica federico felipe felix fernanda fernando florian francesca francesco francisco francois frank
  frederic gabriel gabriela gary george gerard gerhard gianluca giorgia giovanni giulia giuseppe gloria greg gregory guillaume
  gustavo hannah hans harald heather heike helen helena helmut henry holger hugo ian ibrahim ines inga ingrid irene isabel
  isabella isabelle ivan jack jacob jacqueline james jan janet janina jason javier jean jeffrey jennifer jens jeremy jerome
  jessica joachim joan joanna johan johanna johannes john jonas jonathan jorge jose joseph joshua juan juergen julia julian
  julie julien juliette justin justyna kamil karen karin karl karolina katarzyna kathleen katharina katherine kathrin
  kathryn katja keith kenneth kevin kim kimberly klaus krzysztof lars laura lauren laurent lea lena leo leon leonardo leonie
  lina linda lisa lorenzo louis louise luca lucas lucia lucie luis luisa lukas luke maciej magdalena malgorzata manon manuel
  manuela marcel marco marcos marcus margaret maria mariana marie mario marion markus marta martin martina mary mateusz
  mathieu matteo matthew matthias maurice max maxime maximilian megan mehmet melanie melissa michael michaela michal michel
  michele michelle miguel mohamed mohammed monica monika muhammad nadia nadine nancy natalia nathalie nathan nicholas nico
  nicola nicolas nicole niklas nils noah norbert olga oliver olivia olivier oscar pablo pamela paola paolo pascal patricia
  patrick paul paula paulo pawel pedro peter petra philip philipp philippe pierre piotr rachel rafael ralf ralph ramon raquel
  raymond rebecca regina renate rene ricardo riccardo richard robert roberto roger roland romain ronald rosa ruth ryan
  sabine sabrina samantha samuel sandra sara sarah sascha scott sean sebastian sergio sharon silvia simon simone sofia
  sophia sophie stefan stefania stefanie stefano stephanie stephen steven stuart susan susanne sven sylvie tanja tatiana
  teresa theo theresa thiago thomas tiffany tim timothy tobias tomasz torsten tyler ulrich ursula ute valentina valerie
  vanessa vera veronica veronika victoria vincent virginie viviane walter werner wilhelm william wolfgang xavier yannick
  yasmin yvonne zachary zofia`)

const last = words(`
  adams aguilar ahmed alexander ali allen almeida alonso alvarez alves anderson andersson araujo bailey bakker barbosa
  barnes bauer becker bell bennett bernard bertrand bianchi bonnet bos bouvier braun brooks bruno bryant butler campbell
  cardoso carter castillo castro chavez chen clark cohen coleman collins colombo conti contreras cooper costa cruz dabrowski
  davies davis dekker delgado diaz dietrich dijkstra dominguez dubois dumont dupont durand edwards ellis eriksson esposito
  evans fernandes fernandez ferrari ferreira fischer flores fontana foster fournier franke friedrich fuchs garcia garnier
  gibson girard giordano gomes gomez gonzales gonzalez graham greco griffin gupta gutierrez guerrero hahn hall hamilton hansen
  hansson harris harrison hartmann hayes henderson hendriks henry hernandez herrera hofmann hoffmann howard huber hughes
  jackson jacobs jansen janssen jansson jenkins jimenez johansson johnson jones jonsson joshi jung kaiser kaminski karlsson
  keller kelly kennedy khan klein koch koehler kowalski kozlowski kramer kraus krueger kruger kuhn kumar lambert lang larsson
  laurent lefebvre legrand lehmann leroy lewandowski lewis lima lindberg lindqvist lombardi lopes lopez lorenz ludwig maier
  mancini marino marshall martin martinez martins marques mayer mazur mcdonald medina mehta meijer mendes mendez mendoza meyer
  michel miller mitchell molina monteiro moreau morel moreira moreno moretti morgan morris mueller mulder muller murphy
  murray myers navarro nelson neumann nguyen nicolas nilsson novak nowak nunes oliveira olson olsson ortega ortiz otto owens
  palmer parker patel patterson pereira perez perry perrin persson peters pettersson pham phillips pinto pohl powell ramirez
  ramos reyes reynolds ribeiro ricci richard richardson richter rivera rizzo robert roberts robertson robinson rocha
  rodrigues rodriguez rogers romano romero ross rossi roth rousseau roussel roux ruiz russell russo ryan sanchez sanders
  santiago santos sauer schaefer schafer schmid schmidt schmitt schmitz schneider scholz schreiber schroeder schroder schubert
  schulte schulz schumacher schuster schwarz scott seidel serrano sharma silva simmons simon simpson singh smit smith smits
  soares sousa souza stein stevens stewart sullivan suarez svensson szymanski taylor teixeira thomas thompson torres tran
  turner vargas vasquez vazquez vieira visser vogel vogt wagner walker wallace walter wang watson weber weiss werner weber
  williams wilson winkler winter wisniewski wojcik wolff wozniak wright yang yilmaz ziegler zielinski zimmermann`)

/** What a text looks like as a name: which of its words are frequent names, and how many words it has. */
export interface NameLook {
  readonly words: number
  readonly first: boolean
  readonly last: boolean
}

/** Undefined for what cannot be a name: digits, more than five words, a sentence. */
export function nameLook(text: string): NameLook | undefined {
  if (text.length > 60 || /\d/.test(text) || !/^[\p{L}\p{M}'’.,\s-]+$/u.test(text)) return undefined
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
  const tokens = plain.split(/[\s.,]+/).filter((token) => token.length > 1)
  if (tokens.length === 0 || tokens.length > 5) return undefined
  const parts = tokens.flatMap((token) => token.split(/[^a-zæøłđ]+/))
  return {
    words: tokens.length,
    first: parts.some((part) => first.has(part)),
    last: parts.some((part) => last.has(part)),
  }
}
