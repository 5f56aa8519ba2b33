export const id = 700;
export const ids = [700];
export const modules = {

/***/ 700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readSeed: () => (/* binding */ readSeed)
});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./lib/domain/masking/rules-reader.js
var rules_reader = __webpack_require__(2662);
// EXTERNAL MODULE: ./lib/domain/synthetic/words.js + 1 modules
var synthetic_words = __webpack_require__(8851);
;// CONCATENATED MODULE: ./lib/domain/synthetic/rules.js


/** Per table. */
const mostRows = 10_000_000;
const highestSeed = 2 ** 31 - 1;
/** From the plain data under `synthetic`. `problems` are sentences with their place; with any of them nothing may be filled. */
function parseSynthetic(data, placeOf) {
    const read = new rules_reader/* RulesReader */.j(placeOf);
    const root = ['synthetic'];
    read.only(data, root, ['seed', 'tables']);
    const { seed = 1, tables } = Object.fromEntries(read.map(data, root));
    const entries = read.map(tables, [...root, 'tables']);
    if (entries.length === 0)
        read.problem([...root, 'tables'], 'must name at least one table');
    return {
        rules: {
            seed: whole(read, seed, { at: [...root, 'seed'], to: highestSeed }),
            tables: new Map(entries.map(([name, entry]) => [name, tableRules(read, entry, [...root, 'tables', name])])),
        },
        problems: read.problems,
    };
}
function tableRules(read, entry, at) {
    if (typeof entry !== 'object' || entry === null)
        return { rows: whole(read, entry, { at, to: mostRows }), columns: new Map() };
    read.only(entry, at, ['rows', 'columns']);
    const { rows, columns } = Object.fromEntries(read.map(entry, at));
    const found = read.map(columns, [...at, 'columns']).flatMap(([name, value]) => {
        const generator = generatorOf(read, value, [...at, 'columns', name]);
        return generator ? [[name, generator]] : [];
    });
    return { rows: whole(read, rows, { at: [...at, 'rows'], to: mostRows }), columns: new Map(found) };
}
function generatorOf(read, value, at) {
    if (typeof value === 'string') {
        const words = synthetic_words/* wordKinds */.q0.find((kind) => kind === value);
        return words ? { kind: 'words', words } : read.problem(at, `must be a map or one of ${synthetic_words/* wordKinds */.q0.join(', ')}`);
    }
    read.only(value, at, ['one_of', 'from', 'to', 'value', 'sql']);
    const fields = Object.fromEntries(read.map(value, at));
    const form = Object.keys(fields).sort().join(' ');
    if (form === 'one_of') {
        const values = read.list(fields['one_of'], [...at, 'one_of']).map(plain);
        if (values.length > 0 && values.every((each) => each !== undefined))
            return { kind: 'one_of', values };
        return read.problem([...at, 'one_of'], 'must be a list of texts, numbers or truth values');
    }
    if (form === 'from to') {
        const [from, to] = [plain(fields['from']), plain(fields['to'])];
        if (from !== undefined && to !== undefined)
            return { kind: 'range', from, to };
    }
    if (form === 'value') {
        const single = plain(fields['value']);
        if (single !== undefined || fields['value'] === null)
            return { kind: 'value', value: single ?? null };
    }
    if (form === 'sql' && typeof fields['sql'] === 'string')
        return { kind: 'sql', expression: fields['sql'] };
    return read.problem(at, 'must be a kind of words, or a map with "one_of", with "from" and "to", with "value", or with "sql"');
}
function plain(value) {
    if (value instanceof Date)
        return value.toISOString();
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : undefined;
}
function whole(read, value, { at, to }) {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= to)
        return value;
    read.problem(at, `must be a whole number from 0 to ${to}`);
    return 0;
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/data/seed/form.js



/**
 * Paths that end in `.sql` (patterns too, with commas or line ends between them), YAML that begins with `synthetic:`, or
 * else a command. A path with a blank in it is a command's argument: `psql -f seed.sql` is run, not read.
 * @returns undefined for an empty text.
 * @throws InputError for a text that is half of one form and half of another, and for a faulty synthetic seed.
 */
function readSeed(text) {
    const trimmed = text.trim();
    if (trimmed === '')
        return undefined;
    if (/^(?:\s*#.*\n)*\s*synthetic\s*:/.test(text))
        return { kind: 'synthetic', rules: readSynthetic(text) };
    const parts = trimmed
        .split(/[,\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '');
    const paths = parts.filter((part) => /^[^\s]+\.sql$/i.test(part) && !part.startsWith('-'));
    if (paths.length === parts.length)
        return { kind: 'files', patterns: paths };
    if (paths.includes(parts[0] ?? '')) {
        const other = parts.find((part) => !paths.includes(part)) ?? '';
        throw new errors/* InputError */.dz(`Input "seed" names .sql files and "${(0,errors/* show */.WU)(other)}", which is none. Write files alone, or one command that does everything.`);
    }
    return { kind: 'command', command: trimmed };
}
function readSynthetic(text) {
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, version: '1.2', uniqueKeys: true, merge: false });
    const [broken] = [...document.errors, ...document.warnings];
    if (broken)
        throw new errors/* InputError */.dz(`Input "seed" cannot be read: ${broken.message.split('\n')[0]}`);
    (0,dist/* visit */.YR)(document, {
        Alias() {
            throw new errors/* InputError */.dz('Input "seed" uses an alias (*name), which is not followed. Write the value out.');
        },
    });
    const lineOf = (path) => {
        for (let depth = path.length; depth >= 0; depth--) {
            const node = document.getIn(path.slice(0, depth), true);
            if ((0,dist/* isNode */.Ll)(node) && node.range)
                return `line ${lines.linePos(node.range[0]).line}`;
        }
        return 'line 1';
    };
    const data = document.toJS();
    const strange = Object.keys(data).filter((name) => name !== 'synthetic');
    if (strange.length > 0)
        throw new errors/* InputError */.dz(`Input "seed" holds "${(0,errors/* show */.WU)(strange[0] ?? '')}" beside "synthetic". Indent it, or leave it out.`);
    const { rules, problems } = parseSynthetic(data['synthetic'], lineOf);
    if (problems.length > 0)
        throw new errors/* InputError */.dz(`Input "seed" is not right. ${problems.slice(0, 20).join(' ')}`);
    return rules;
}


/***/ }),

/***/ 3548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $2: () => (/* binding */ draw),
/* harmony export */   AL: () => (/* binding */ drawBelow),
/* harmony export */   Up: () => (/* binding */ pick),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   av: () => (/* binding */ drawKey),
/* harmony export */   br: () => (/* binding */ digest)
/* harmony export */ });
/* harmony import */ var _masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4599);

function drawKey(seed, table, column) {
    return `${seed}:${table.schema}.${table.name}:${column}:`;
}
/** 32 bits of the MD5 of key and row. MD5, because it is in every version, quick, and the same on every machine. */
function draw(key, row) {
    return `('x' || substr(${digest(key, row)}, 1, 8))::bit(32)::bigint`;
}
/** 32 hexadecimal digits. */
function digest(key, row) {
    return `md5(${(0,_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(key)} || (${row}))`;
}
/** A whole number from 0 to `below` - 1. */
function drawBelow(below, key, row) {
    if (below <= 1)
        return '0';
    // A range that 32 bits cannot fill gets 60 of them.
    const wide = below > 2 ** 31 ? `('x' || substr(${digest(key, row)}, 1, 15))::bit(60)::bigint` : draw(key, row);
    return `mod(${wide}, ${below})`;
}
function pick(words, key, row) {
    return at(words, drawBelow(words.length, key, row));
}
/** `index` counts from 0. */
function at(words, index) {
    return `(${(0,_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .textArray */ .TS)(words)})[1 + ${index}]`;
}


/***/ }),

/***/ 8851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dI: () => (/* binding */ base36),
  r1: () => (/* binding */ textLike),
  zG: () => (/* binding */ uniqueWords),
  Tb: () => (/* binding */ wordCapacity),
  q0: () => (/* binding */ wordKinds),
  Z9: () => (/* binding */ wordsOf)
});

// EXTERNAL MODULE: ./lib/domain/synthetic/draw.js
var draw = __webpack_require__(3548);
;// CONCATENATED MODULE: ./lib/domain/synthetic/vocabulary.js
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
const firstNames = 'Aaliyah,Adam,Aglae,Alberta,Alexanne,Allie,Amanda,Anais,Aniya,Antonio,Arnaldo,Astrid,Bailee,Berenice,Bettye,Braden,Brendan,Brock,Caesar,Carissa,Carolyn,Cecil,Chasity,Ciara,Cletus,Conner,Courtney,Dale,Daphne,Darwin,Declan,Demond,Destini,Dock,Dorothea,Earnest,Effie,Eleonore,Ellis,Elvis,Emmet,Erling,Etha,Everardo,Felicia,Florencio,Frederick,Garret,Georgiana,Ginger,Grady,Gus,Harmony,Helene,Hilda,Hudson,Imogene,Isom,Jacques,Jamir,Jarrell,Jayson,Jennie,Jessica,Joaquin,Jonathan,Jovany,Junior,Kaitlyn,Karla,Katlynn,Keira,Kenyon,Kip,Kristy,Lance,Lavinia,Lena,Lessie,Lilliana,Lois,Louis,Luis,Mable,Maegan,Mamie,Marge,Mario,Marvin,Maurine,Meda,Meta,Miranda,Monty,Myrtis,Nayeli,Nicklaus,Nona,Ole,Orpha,Pam,Peggy,Price,Ramiro,Rebeca,Rey,Roberta,Ronaldo,Rosie,Rusty,Samantha,Savion,Shanelle,Sherri,Sofia,Stephen,Sylvia,Teresa,Thora,Tomasa,Trevion,Tyshawn,Vera,Vilma,Wade,Wilber,Winifred,Zachary'.split(',');
const lastNames = 'Abbott,Adams,Armstrong,Bahringer,Bartell,Bashirian,Bayer,Bechtelar,Beier,Bergstrom,Blanda,Boehm,Borer,Boyle,Braun,Buckridge,Cartwright,Cole,Conn,Corkery,Crist,Crooks,Daniel,Davis,Dickens,Dietrich,Doyle,Ebert,Erdman,Farrell,Feest,Flatley,Franey,Gerhold,Gislason,Goldner,Gottlieb,Grant,Gulgowski,Gutmann,Hahn,Hamill,Hansen,Hartmann,Heaney,Heller,Herzog,Hilll,Hintz,Homenick,Howell,Hyatt,Jacobson,Jenkins,Johnson,Kautzer,Kerluke,Kiehn,Kirlin,Klocko,Kohler,Kovacek,Kris,Kuhic,Kunde,Kuvalis,Lang,Larson,Ledner,Lemke,Lind,Lockman,Lueilwitz,Macejkovic,Marks,Mayer,McDermott,McLaughlin,Miller,Moen,Morar,Mraz,Murphy,Nienow,Nolan,Orn,Pacocha,Parker,Pollich,Price,Purdy,Ratke,Reichert,Rempel,Rippin,Roberts,Rolfson,Rosenbaum,Runte,Ryan,Schaden,Schinner,Schmitt,Schroeder,Schumm,Shanahan,Sipes,Spencer,Stamm,Steuber,Streich,Swaniawski,Thompson,Torphy,Tremblay,Turcotte,Vandervort,Von,Walsh,Watsica,Weimann,White,Wilkinson,Windler,Wisozk,Wolff,Wyman,Zemlak'.split(',');
const jobAreas = 'Accounts,Applications,Assurance,Brand,Creative,Data,Directives,Factors,Group,Identity,Integration,Intranet,Marketing,Markets,Mobility,Operations,Optimization,Paradigm,Quality,Research,Response,Solutions,Tactics,Usability'.split(',');
const jobTypes = 'Agent,Analyst,Architect,Assistant,Associate,Consultant,Coordinator,Developer,Director,Engineer,Executive,Facilitator,Liaison,Manager,Orchestrator,Planner,Producer,Specialist,Strategist,Supervisor'.split(',');
const cities = 'Abilene,Aliso Viejo,Ames,Antioch,Arlington,Auburn,Baton Rouge,Bedford,Berkeley,Bismarck,Bossier City,Brandon,Brownsville,Burleson,Canton,Carson City,Cedar Park,Charleston,Chico,Clearwater,Columbus,Corvallis,Dale City,DeKalb,Denver,Draper,East Lansing,El Cajon,Elmhurst,Euless,Fayetteville,Flower Mound,Fort Wayne,Frisco,Gastonia,Glenview,Green Bay,Haltom City,Hartford,Hesperia,Homestead,Idaho Falls,Irving,Jonesboro,Kendall,Kingsport,Lacey,Lancaster,Lawton,Lewisville,Logan,Lowell,Manchester,Marysville,Menifee,Methuen Town,Milpitas,Mobile,Mount Vernon,Nashua,Newport News,Norwalk,Oceanside,Orland Park,Palm Coast,Parker,Pearl City,Pharr,Placentia,Pomona,Portsmouth,Raleigh,Renton,Riverside,Rockwall,Rowlett,San Angelo,San Leandro,Santa Clara,Savannah,Sheboygan,Smyrna,Southfield,Stillwater,Sunrise,Taylor,The Villages,Topeka,Tulare,University,Vancouver,Walnut Creek,Waukegan,West Jordan,Whittier,Wyoming'.split(',');
const streets = 'A Street,Albert Road,Ash Grove,Baker Street,Bay Street,Beechwood Avenue,Birch Road,Bridge Street,Brook Lane,Canal Street,Cedar Close,Center Road,Chapel Street,Chestnut Drive,Church Path,Clarence Road,Clifton Road,Commercial Road,Cow Lane,Dark Lane,Division Street,E Center Street,E High Street,E Oak Street,E Union Street,Edward Street,Farm Close,Fore Street,Front Street,Glebe Close,Grange Road,Greenway,Harrison Avenue,Heath Road,High Street,Hillside,Howard Street,Jubilee Close,Kings Highway,Lake Street,Lee Street,Lincoln Street,Madison Avenue,Main Street E,Manor Gardens,Maple Road,Mary Street,Meadow Way,Milton Road,Mount Street,N Center Street,N Front Street,N Main Avenue,N Pearl Street,N Water Street,Norfolk Road,Oak Avenue,Oaklands,Orchard Street,Park Lane,Pine Close,Poplar Close,Priory Close,Quarry Lane,Richmond Close,Riverside Avenue,S Bridge Street,S East Street,S Lincoln Street,S Monroe Street,S Walnut Street,School Lane,Smith Street,South View,Stanley Street,Station Street,Tennyson Road,The Copse,The Grange,The Limes,The Oval,The Rise,Third Avenue,University Drive,Victoria Road,W Central Avenue,W Jackson Street,W North Street,W State Street,Warren Road,Waverley Road,West Road,William Street,Windermere Road,Wood Street,Woodlands Road'.split(',');
const states = 'Alabama,Alaska,Arkansas,California,Connecticut,Delaware,Georgia,Hawaii,Illinois,Iowa,Kansas,Louisiana,Maine,Massachusetts,Michigan,Mississippi,Montana,Nebraska,New Hampshire,New Jersey,New York,North Carolina,Ohio,Oklahoma,Pennsylvania,South Carolina,South Dakota,Texas,Utah,Virginia,Washington,Wisconsin'.split(',');
const countries = 'Afghanistan,Algeria,Andorra,Anguilla,Argentina,Aruba,Austria,Bahamas,Bangladesh,Belarus,Belize,Bhutan,Botswana,Brazil,Burkina Faso,Cambodia,Canada,Cayman Islands,Chile,Colombia,Congo,Costa Rica,Cyprus,Denmark,Dominica,Egypt,Eritrea,Eswatini,Faroe Islands,Finland,French Guiana,Gambia,Ghana,Greece,Grenada,Guam,Guernsey,Guinea-Bissau,Haiti,Hong Kong,Iceland,Indonesia,Iraq,Israel,Jamaica,Jersey,Kazakhstan,Kiribati,Latvia,Lesotho,Liechtenstein,Luxembourg,Madagascar,Malaysia,Malta,Mauritania,Mayotte,Micronesia,Monaco,Montenegro,Morocco,Myanmar,Nauru,Netherlands,Nicaragua,Nigeria,Norfolk Island,Oman,Palau,Panama,Peru,Poland,Puerto Rico,Romania,Saint Helena,Samoa,Saudi Arabia,Serbia,Sierra Leone,Sint Maarten,Slovenia,South Africa,Spain,Sudan,Sweden,Taiwan,Thailand,Togo,Tonga,Turkey,Tuvalu,Ukraine,Uruguay,Vanuatu,Vietnam,Yemen'.split(',');
const adjectives = 'abandoned,adolescent,alert,angelic,ashamed,awful,best,blue,brave,burdensome,cautious,classic,coarse,content,creative,curly,deafening,delectable,different,distant,dull,elderly,enchanting,exalted,fair,fatal,first,flustered,fragrant,frizzy,general,glittering,grandiose,grizzled,gummy,heavenly,honorable,icy,immediate,improbable,informal,jam-packed,jumbo,lasting,light,live,low,male,meaty,mindless,monthly,muted,negative,nippy,obvious,orange,outrageous,passionate,phony,pointless,powerless,private,pure,quiet,recent,rewarding,rotten,rusty,scented,serene,shiny,silky,slight,snarling,sorrowful,spherical,staid,stingy,sturdy,superb,tame,tepid,tidy,tragic,turbulent,unhealthy,unripe,unused,urban,velvety,warped,weighty,whispered,winding,worldly,wry'.split(',');
const nouns = 'CD,address,agreement,alb,amendment,apparatus,asset,backbone,barracks,behest,bin,bob,bowler,brochure,cake,carboxyl,cassava,ceramics,charm,cinder,coal,comestible,contractor,cornet,countess,crocodile,cutover,decision,density,descent,digestive,disk,doorpost,drive,e-mail,eggplant,epic,excess,extent,fax,festival,fireplace,flight,following,formamide,freezing,galoshes,giggle,goodwill,grandson,guard,halt,haversack,hepatitis,hope,hubris,hutch,icebreaker,impostor,instance,invite,joy,kick,knight,language,leading,lieu,longboat,lyre,mallard,marksman,meatloaf,metal,minor,monocle,mousse,nephew,noon,obesity,omelet,ostrich,overload,pantyhose,patroller,peony,phrase,pilot,platter,poetry,porter,pressure,promise,pupil,range,receptor,reporter,reward,roundabout,sailor,saw,scorpion,season,settler,siege,skyline,sock,sonnet,spring,stay,stock,stump,sundae,swath,synergy,tarragon,tennis,thorn,tomography,transom,trick,tuxedo,unique,vein,viability,vista,wasabi,widow,wriggler'.split(',');
const loremWords = 'a,absum,acerbitas,adduco,adicio,adopto,advoco,aestas,ago,alius,amicitia,amplus,antea,appositus,arbustum,armarium,aspernatur,atqui,audentia,auxilium,beatae,blandior,calcar,capio,carmen,causa,ceno,cibo,clamo,coerceo,colo,commemoro,conatus,conicio,constans,copiose,coruscus,creptio,cubitum,cunabula,curatio,curto,decens,deduco,degenero,delicate,demum,deporto,deserunt,dolore,eius,ex,hic,ipsam,libero,mollitia,nostrum,optio,pax,possimus,quidem,repellat,sodalitas,soluta,spargo,stabilis,stultus,subvenio,summa,suppono,synagoga,talis,tantum,tenax,terebro,terreo,theca,timidus,totam,trepide,tui,uberrime,umquam,usque,utpote,valens,velit,venustas,vero,vestigium,vigilo,vinum,vitae,volo,vomer,vulariter'.split(',');
const productAdjectives = 'Awesome,Bespoke,Electronic,Ergonomic,Fantastic,Fresh,Generic,Gorgeous,Handcrafted,Incredible,Intelligent,Licensed,Modern,Oriental,Practical,Refined,Rustic,Sleek,Soft,Tasty'.split(',');
const productMaterials = 'Aluminum,Bamboo,Bronze,Ceramic,Cotton,Gold,Granite,Marble,Plastic,Rubber,Silk,Steel'.split(',');
const products = 'Bacon,Ball,Bike,Car,Chair,Chicken,Chips,Computer,Fish,Gloves,Keyboard,Mouse,Pants,Pizza,Salad,Shirt,Shoes,Soap,Table,Towels'.split(',');
const departments = 'Automotive,Baby,Beauty,Books,Clothing,Computers,Electronics,Games,Garden,Grocery,Home,Industrial,Jewelry,Kids,Movies,Music,Outdoors,Shoes,Sports,Tools'.split(',');
const companyForms = 'Group,Inc,LLC,and Sons'.split(',');
const colours = 'azure,black,blue,cyan,gold,green,grey,ivory,lavender,lime,magenta,mint green,olive,orange,pink,plum,purple,red,silver,sky blue,tan,turquoise,violet,white'.split(',');
const fruits = 'apple,apricot,avocado,berry,blood orange,bush tomato,cavalo,coconut,cranberry,currant,dragonfruit,feijoa,fingerlime,grape,guava,kiwi fruit,lemon,lime,loquat,mandarin,mangosteen,mulberry,nectarine,orange,papaya,peach,persimmon,plum,prune,rockmelon,strawberry,tangelo'.split(',');

;// CONCATENATED MODULE: ./lib/domain/synthetic/words.js


const firstName = (person, row) => (0,draw/* pick */.Up)(firstNames, `${person}first:`, row);
const lastName = (person, row) => (0,draw/* pick */.Up)(lastNames, `${person}last:`, row);
const number = ([from, to], key, row) => `(${from} + ${(0,draw/* drawBelow */.AL)(to - from + 1, key, row)})`;
/** Words with a part of the key of their own, so that they are drawn apart. */
const joined = (words, key, row) => words.map((list, part) => (0,draw/* pick */.Up)(list, `${key}${part}:`, row)).join(` || ' ' || `);
// Three words are drawn at once: a draw costs more than all the rest of a text.
const phrases = loremWords.map((word, at) => [word, ...[7, 29].map((step) => loremWords[(at + step) % loremWords.length])].join(' '));
const openings = phrases.map((phrase) => phrase.slice(0, 1).toUpperCase() + phrase.slice(1));
const sentence = (key, row) => `${joined([openings, phrases], key, row)} || '.'`;
const account = (_, row, person) => `lower(${firstName(person, row)} || '.' || ${lastName(person, row)})`;
const kinds = {
    first_name: (_, row, person) => firstName(person, row),
    last_name: (_, row, person) => lastName(person, row),
    full_name: (_, row, person) => `${firstName(person, row)} || ' ' || ${lastName(person, row)}`,
    username: account,
    email: (key, row, person) => `${account(key, row, person)} || '@example.com'`,
    // 555-0100 to 555-0199 belong to nobody in every area of the North American plan.
    phone: (key, row) => `'+1-' || ${number([201, 989], key, row)} || '-555-01' || lpad((${(0,draw/* drawBelow */.AL)(100, `${key}line:`, row)})::text, 2, '0')`,
    company: (key, row) => `${(0,draw/* pick */.Up)(lastNames, key, row)} || ' ' || ${(0,draw/* pick */.Up)(companyForms, `${key}form:`, row)}`,
    job: (key, row) => joined([jobAreas, jobTypes], key, row),
    street: (key, row) => `${number([1, 299], key, row)} || ' ' || ${(0,draw/* pick */.Up)(streets, `${key}street:`, row)}`,
    city: (key, row) => (0,draw/* pick */.Up)(cities, key, row),
    state: (key, row) => (0,draw/* pick */.Up)(states, key, row),
    country: (key, row) => (0,draw/* pick */.Up)(countries, key, row),
    country_code: (key, row) => (0,draw/* pick */.Up)(['AT', 'AU', 'BR', 'CA', 'CH', 'DE', 'DK', 'ES', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'NL', 'US'], key, row),
    postcode: (key, row) => `lpad((${(0,draw/* drawBelow */.AL)(100_000, key, row)})::text, 5, '0')`,
    url: (key, row) => `'https://www.example.com/' || ${(0,draw/* pick */.Up)(nouns, key, row)}`,
    host: (key, row) => `${(0,draw/* pick */.Up)(nouns, key, row)} || '.example.com'`,
    // RFC 5737: addresses for documentation.
    ip: (key, row) => `'203.0.113.' || ${(0,draw/* drawBelow */.AL)(256, key, row)}`,
    product: (key, row) => joined([productAdjectives, productMaterials, products], key, row),
    department: (key, row) => (0,draw/* pick */.Up)(departments, key, row),
    colour: (key, row) => (0,draw/* pick */.Up)(colours, key, row),
    fruit: (key, row) => (0,draw/* pick */.Up)(fruits, key, row),
    currency: (key, row) => (0,draw/* pick */.Up)(['CHF', 'DKK', 'EUR', 'GBP', 'JPY', 'NOK', 'SEK', 'USD'], key, row),
    locale: (key, row) => (0,draw/* pick */.Up)(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv'], key, row),
    word: (key, row) => (0,draw/* pick */.Up)(nouns, key, row),
    slug: (key, row) => `${(0,draw/* pick */.Up)(adjectives, key, row)} || '-' || ${(0,draw/* pick */.Up)(nouns, `${key}noun:`, row)}`,
    code: (key, row) => `upper(substr(${(0,draw/* digest */.br)(key, row)}, 1, 8))`,
    token: (key, row) => (0,draw/* digest */.br)(key, row),
    title: (key, row) => `initcap(${(0,draw/* pick */.Up)(adjectives, key, row)} || ' ' || ${(0,draw/* pick */.Up)(nouns, `${key}noun:`, row)})`,
    lorem: sentence,
    paragraph: (key, row, person) => [0, 1, 2].map((part) => sentence(`${key}${part}-`, row, person)).join(` || ' ' || `),
};
const wordKinds = Object.keys(kinds);
/** A text that may come twice. */
function wordsOf({ kind, key, person, longest }, row) {
    const text = kinds[kind](key, row, person);
    return longest === undefined ? text : `left(${text}, ${longest})`;
}
/** How many different texts `uniqueWords` can give. */
function wordCapacity(longest) {
    return longest === undefined || longest >= 12 ? Number.MAX_SAFE_INTEGER : 36 ** longest;
}
/**
 * A text that holds the given number, so that another number is another text, also without regard to case. Where there is no
 * room for words it is the number alone, to the base of 36 and with all its places.
 */
function uniqueWords({ kind, key, person, longest }, index) {
    const row = `${index} + 1`;
    const places = 16;
    if (kind === 'email' && (longest === undefined || longest >= 40)) {
        return `left(${account(key, row, person)}, ${Math.min(longest ?? 64, 64) - places - 12}) || '.' || (${row}) || '@example.com'`;
    }
    if (kind === 'url')
        return `'https://www.example.com/' || ${base36(index, 8)}`;
    if (kind === 'token' && (longest ?? 32) >= 32)
        return `left(${(0,draw/* digest */.br)(key, row)}, 22) || ${base36(index, 10)}`;
    if (kind === 'phone' && (longest ?? 20) >= 16)
        return `'+1-555-' || lpad((${row})::text, 9, '0')`;
    if (longest !== undefined && longest < 32)
        return base36(index, Math.min(longest, 12));
    const between = /^(slug|code|username|host)$/.test(kind) ? '-' : ' ';
    const text = kinds[kind](key, row, person);
    return `${longest === undefined ? text : `left(${text}, ${longest - places})`} || '${between}' || (${row})`;
}
const figures = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** A number from 0 with a fixed count of places. */
function base36(index, places) {
    const place = (power) => (0,draw.at)(figures, `mod((${index})::bigint / ${36 ** power}, 36)`);
    return Array.from({ length: Math.min(places, 10) }, (_, step) => place(Math.min(places, 10) - 1 - step)).join(' || ');
}
/** A text that LIKE takes: `%` is a word, `_` a letter. */
function textLike(pattern, key, row) {
    const parts = [...pattern.matchAll(/\\(.)|%|_|[^%_\\]+/gs)].map(([part, escaped], index) => {
        if (part === '%')
            return (0,draw/* pick */.Up)(nouns, `${key}${index}:`, row);
        if (part === '_')
            return (0,draw.at)(figures, `mod(${(0,draw/* draw */.$2)(`${key}${index}:`, row)}, 36)`);
        return `'${(escaped ?? part).replaceAll("'", "''")}'`;
    });
    return parts.length > 0 ? parts.join(' || ') : `''`;
}


/***/ })

};
