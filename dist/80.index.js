export const id = 80;
export const ids = [80,101];
export const modules = {

/***/ 9798:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ findLedgers)
/* harmony export */ });
/**
 * Where migration tools write down what they have applied: tool, table, and columns that tell it from an
 * application's table of the same name. Names: each tool's documentation and default settings.
 */
const known = [
    ['Prisma', '_prisma_migrations', 'checksum', 'finished_at', 'migration_name'],
    ['Drizzle', '__drizzle_migrations', 'hash', 'created_at'],
    ['knex', 'knex_migrations', 'name', 'batch', 'migration_time'],
    ['knex', 'knex_migrations_lock', 'index', 'is_locked'],
    ['node-pg-migrate', 'pgmigrations', 'name', 'run_on'],
    ['TypeORM', 'migrations', 'timestamp', 'name'],
    ['postgres-migrations', 'migrations', 'name', 'hash', 'executed_at'],
    ['db-migrate', 'migrations', 'name', 'run_on'],
    ['Laravel', 'migrations', 'migration', 'batch'],
    ['Sequelize', 'SequelizeMeta', 'name'],
    ['MikroORM', 'mikro_orm_migrations', 'name', 'executed_at'],
    ['Kysely', 'kysely_migration', 'name', 'timestamp'],
    ['Kysely', 'kysely_migration_lock', 'id', 'is_locked'],
    ['dbmate, Rails, golang-migrate or Ecto', 'schema_migrations', 'version'],
    ['Rails', 'ar_internal_metadata', 'key', 'value'],
    ['Flyway', 'flyway_schema_history', 'installed_rank', 'script', 'checksum'],
    ['Flyway', 'schema_version', 'installed_rank', 'script', 'checksum'],
    ['Liquibase', 'databasechangelog', 'id', 'author', 'md5sum'],
    ['Liquibase', 'databasechangeloglock', 'id', 'locked'],
    ['Alembic', 'alembic_version', 'version_num'],
    ['Django', 'django_migrations', 'app', 'name', 'applied'],
    ['EF Core', '__EFMigrationsHistory', 'MigrationId', 'ProductVersion'],
    ['goose', 'goose_db_version', 'version_id', 'is_applied'],
    ['sql-migrate', 'gorp_migrations', 'id', 'applied_at'],
    ['sqlx', '_sqlx_migrations', 'version', 'checksum'],
    ['Diesel', '__diesel_schema_migrations', 'version', 'run_on'],
    ['Atlas', 'atlas_schema_revisions', 'version', 'executed_at'],
    ['Doctrine', 'doctrine_migration_versions', 'version', 'executed_at'],
    ['Phinx', 'phinxlog', 'version'],
    ['Postgrator', 'schemaversion', 'version', 'md5'],
    ['@databases', 'atdatabases_migrations_applied', 'script', 'applied_at'],
    ['@databases', 'atdatabases_migrations_version', 'version'],
    ['Payload', 'payload_migrations', 'name', 'batch'],
];
/** Tools that keep a whole schema to themselves. */
const schemas = [
    ['Sqitch', 'sqitch'],
    ['graphile-migrate', 'graphile_migrate'],
    ['pgroll', 'pgroll'],
];
/** Every ledger table of this database. */
async function findLedgers(sql) {
    const tables = await sql.query(`SELECT c.oid::text AS id, c.oid::regclass::text AS name, n.nspname::text AS schema, c.relname::text AS table,
            (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND (lower(c.relname) = ANY ($1) OR n.nspname = ANY ($2)) ORDER BY 2`, [known.map(([, table]) => table.toLowerCase()), schemas.map(([, schema]) => schema)]);
    return tables.flatMap((row) => {
        const tool = toolOf(row);
        return tool === undefined ? [] : [{ id: row.id, name: row.name, tool }];
    });
}
function toolOf(row) {
    const owner = schemas.find(([, schema]) => schema === row.schema);
    if (owner)
        return owner[0];
    return known.find(([, table, ...columns]) => table.toLowerCase() === row.table.toLowerCase() && columns.every((column) => row.columns?.includes(column)))?.[0];
}


/***/ }),

/***/ 1489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  scanParent: () => (/* binding */ scanParent)
});

// EXTERNAL MODULE: ./lib/domain/masking/classify.js + 2 modules
var classify = __webpack_require__(8189);
// EXTERNAL MODULE: ./lib/domain/masking/check-masks.js
var check_masks = __webpack_require__(1523);
;// CONCATENATED MODULE: ./lib/domain/masking/name-words.js
/**
 * Frequent first and last names, by which a column of people's names is known whatever it is called. From public
 * statistics: US Social Security Administration (names of births) and Census Bureau (surnames of 2010), Office for
 * National Statistics (UK), Gesellschaft für deutsche Sprache, INSEE (France), INE (Spain), ISTAT (Italy), CBS and Meertens
 * Instituut (Netherlands), GUS (Poland), SCB (Sweden), IBGE (Brazil). Without accents, and without names that are common
 * words as well (Will, Rose, Green, King), which would make any text look like a name.
 */
const words = (text) => new Set(text.trim().split(/\s+/));
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
  yasmin yvonne zachary zofia`);
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
  williams wilson winkler winter wisniewski wojcik wolff wozniak wright yang yilmaz ziegler zielinski zimmermann`);
/** Undefined for what cannot be a name: digits, more than five words, a sentence. */
function nameLook(text) {
    if (text.length > 60 || /\d/.test(text) || !/^[\p{L}\p{M}'’.,\s-]+$/u.test(text))
        return undefined;
    const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
    const tokens = plain.split(/[\s.,]+/).filter((token) => token.length > 1);
    if (tokens.length === 0 || tokens.length > 5)
        return undefined;
    const parts = tokens.flatMap((token) => token.split(/[^a-zæøłđ]+/));
    return {
        words: tokens.length,
        first: parts.some((part) => first.has(part)),
        last: parts.some((part) => last.has(part)),
    };
}

// EXTERNAL MODULE: ./lib/domain/masking/detectors.js
var detectors = __webpack_require__(1416);
;// CONCATENATED MODULE: ./lib/domain/masking/national-ids.js
const digitsOf = (packed) => [...packed].map(Number);
const weighted = (packed, weights) => weights.reduce((sum, weight, at) => sum + weight * Number(packed[at]), 0);
const isMixed = (packed) => new Set(packed).size > 1;
/** Month and day at the given place, where 20, 40, 60 or 80 may be added to the month and 40 to the day. */
function isDate(packed, [month, day]) {
    const inYear = Number(packed.slice(month, month + 2)) % 20;
    const inMonth = Number(packed.slice(day, day + 2)) % 40;
    return inYear >= 1 && inYear <= 12 && inMonth >= 1 && inMonth <= 31;
}
function isLuhn(packed) {
    const sum = digitsOf(packed)
        .toReversed()
        .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
    return sum % 10 === 0;
}
/** ISO 7064 MOD 11,10. */
function isMod1110(packed) {
    const product = digitsOf(packed.slice(0, -1)).reduce((rest, digit) => (((rest + digit) % 10 || 10) * 2) % 11, 10);
    return (11 - product) % 10 === Number(packed.at(-1));
}
/** The dihedral group of order ten: https://en.wikipedia.org/wiki/Verhoeff_algorithm */
const product = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210']; // prettier-ignore
const permutation = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258']; // prettier-ignore
function isVerhoeff(packed) {
    const rest = digitsOf(packed)
        .toReversed()
        .reduce((sum, digit, at) => Number(product[sum]?.[Number(permutation[at % 8]?.[digit])]), 0);
    return rest === 0;
}
function isNir(packed) {
    const plain = packed.replace('2A', '19').replace('2B', '18');
    return 97n - (BigInt(plain.slice(0, 13)) % 97n) === BigInt(plain.slice(13));
}
/** Of the first ten digits of a Steuer-ID exactly one comes twice or three times. */
function isSteuerId(packed) {
    const counts = [...'0123456789'].map((digit) => packed.slice(0, 10).split(digit).length - 1);
    return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3 && isMod1110(packed);
}
/** Values of the odd places by digit and letter, in the order 0 to 9, which A to J share, then K to Z. */
const codiceOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
function isCodiceFiscale(packed) {
    const sum = [...packed.slice(0, 15)].reduce((total, letter, at) => {
        const value = /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65;
        return total + (at % 2 === 0 ? (codiceOdd[value] ?? 0) : value);
    }, 0);
    return (sum % 26) + 65 === packed.charCodeAt(15);
}
function isCpf(packed) {
    const check = (length) => ((weighted(packed, Array.from({ length }, (_, at) => length + 1 - at)) *
        10) %
        11) %
        10;
    return isMixed(packed) && check(9) === Number(packed[9]) && check(10) === Number(packed[10]);
}
function isBelgian(packed) {
    const check = 97 - Number(packed.slice(9));
    const fits = (text) => Number(text) % 97 === check % 97;
    return isDate(packed, [2, 4]) && (fits(packed.slice(0, 9)) || fits(`2${packed.slice(0, 9)}`));
}
function isNorwegian(packed) {
    const first = weighted(packed, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11;
    return isDate(packed, [2, 0]) && first === 0 && weighted(packed, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}
function isFinnish(packed) {
    const number = Number(packed.slice(0, 6) + packed.slice(-4, -1));
    return isDate(packed, [2, 0]) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === packed.at(-1);
}
function isChinese(packed) {
    const sum = weighted(packed, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    return isDate(packed, [10, 12]) && '10X98765432'[sum % 11] === packed[17];
}
/** Each by the rule that its authority publishes; stdnum (https://arthurdejong.org/python-stdnum/) collects the sources. */
const nationalIds = [
    // HM Revenue & Customs, NIM39110: no check digit, but prefixes and a suffix that few codes have.
    {
        name: 'UK national insurance number',
        form: /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
        passes: () => true,
    },
    // INSEE: key = 97 minus the number modulo 97.
    { name: 'French NIR', form: /^[1-478]\d{4}(\d\d|2A|2B)\d{8}$/, passes: isNir },
    // Ministerio del Interior: the letter by the number modulo 23.
    {
        name: 'Spanish DNI or NIE',
        form: /^[XYZ\d]\d{7}[A-Z]$/,
        passes: (packed) => 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(packed.slice(0, 8).replace(/[XYZ]/, (x) => String('XYZ'.indexOf(x)))) % 23] ===
            packed[8],
    },
    // Agenzia delle Entrate, D.M. 23 dicembre 1976.
    { name: 'Italian codice fiscale', form: /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/, passes: isCodiceFiscale },
    // Bundeszentralamt für Steuern, § 139b AO.
    { name: 'German tax id', form: /^[1-9]\d{10}$/, passes: isSteuerId },
    // Rijksdienst voor Identiteitsgegevens: the eleven test.
    {
        name: 'Dutch BSN',
        form: /^\d{9}$/,
        passes: (packed) => isMixed(packed) && weighted(packed, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    },
    // Zentrale Ausgleichsstelle: EAN-13 with the country 756.
    {
        name: 'Swiss AHV number',
        form: /^756\d{10}$/,
        passes: (packed) => weighted(packed, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    },
    // Receita Federal: two digits modulo 11.
    { name: 'Brazilian CPF', form: /^\d{11}$/, passes: isCpf },
    // Ministerstwo Cyfryzacji: weights 1 3 7 9; the century stands in the month.
    {
        name: 'Polish PESEL',
        form: /^\d{11}$/,
        passes: (packed) => isDate(packed, [2, 4]) && weighted(packed, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    },
    // Skatteverket: Luhn over ten digits; 60 may be added to the day.
    {
        name: 'Swedish personal number',
        form: /^(19|20)?\d{6}\+?\d{4}$/,
        passes: (packed) => {
            const short = packed.replace('+', '').slice(-10);
            const day = Number(short.slice(4, 6));
            const month = Number(short.slice(2, 4));
            return month >= 1 && month <= 12 && day % 60 >= 1 && day % 60 <= 31 && isLuhn(short);
        },
    },
    // UIDAI: Verhoeff; never begins with 0 or 1.
    { name: 'Indian Aadhaar number', form: /^[2-9]\d{11}$/, passes: isVerhoeff },
    // Rijksregister: 97 minus the number modulo 97, with a 2 in front for those born from 2000.
    { name: 'Belgian national number', form: /^\d{11}$/, passes: isBelgian },
    // Skatteetaten: two digits modulo 11; 40 may be added to the day.
    { name: 'Norwegian birth number', form: /^\d{11}$/, passes: isNorwegian },
    // Digi- ja väestötietovirasto: the letter by the number modulo 31.
    { name: 'Finnish HETU', form: /^\d{6}[+A-FU-Y]?\d{3}[0-9A-FHJ-NPR-Y]$/, passes: isFinnish },
    // Service Canada: Luhn; 0 and 8 are not given to people.
    { name: 'Canadian SIN', form: /^[1-79]\d{8}$/, passes: isLuhn },
    // GB 11643-1999: ISO 7064 MOD 11-2.
    { name: 'Chinese identity number', form: /^[1-9]\d{5}(19|20)\d{9}[\dX]$/, passes: isChinese },
];
/** Names of the national numbers that the whole text can be. */
function nationalIdsIn(text) {
    if (text.length > 30)
        return [];
    const packed = text.replace(/[ ./-]/g, '').toUpperCase();
    if (packed.length < 9 || packed.length > 18 || (packed.match(/\d/g) ?? []).length < 6)
        return [];
    return nationalIds.filter(({ form, passes }) => form.test(packed) && passes(packed)).map(({ name }) => name);
}

;// CONCATENATED MODULE: ./lib/domain/masking/recognise.js


const known = detectors/* detectors */.mW.map(({ name, pattern, confirms }) => ({
    name,
    whole: new RegExp(`^(?:${pattern})$`, 'u'),
    inside: new RegExp(pattern, 'gu'),
    confirms,
}));
/** Only as whole values, and only where most of a column are so: inside other texts they mean too little. */
const shapes = [
    ['phone number', /^[(]?0[1-9]\d{0,4}[)]?(?:[ ./-]{1,3}\d{2,8}){1,5}$|^00?[1-9]\d{8,12}$|^[(]?[2-9]\d\d[)]?[ .-]{0,2}\d{3}[ .-]\d{4}(?: ?(?:x|ext[.]?) ?\d{1,6})?$/],
    ['URL', /^(?:https?:\/\/|www\.)\S+$/i],
    ['UUID', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
    ['IPv4 address', /^(?:\d{1,3}\.){3}\d{1,3}$/],
]; // prettier-ignore
/** What a find of each detector cannot do without; spares most values its long expression. */
const signs = {
    email: (text) => text.includes('@'),
    'phone number': (_text, digits) => digits >= 8,
    'payment card': (_text, digits) => digits >= 13,
    IBAN: (text) => /[A-Z]{2}\d\d/.test(text),
    'US social security number': (text, digits) => digits >= 9 && text.includes('-'),
    'IPv4 address': (text, digits) => digits >= 4 && text.includes('.'),
    'IPv6 address': (text) => text.includes(':'),
    'MAC address': (text) => /[:-]/.test(text),
};
const hinted = new RegExp(`${detectors/* hint */.aK}|://|www[.]`);
const nothing = { whole: [], inside: [] };
function recognise(text) {
    const value = text.trim();
    if (value.length < 6 || !hinted.test(value))
        return nothing;
    const digits = value.replace(/\D+/g, '').length;
    const found = known.filter(({ name, inside, confirms }) => (signs[name]?.(value, digits) ?? true) && [...value.matchAll(inside)].some(([each]) => confirms(each)));
    const alone = found.filter(({ whole, confirms }) => whole.test(value) && confirms(value));
    const shaped = shapes.filter(([, form]) => form.test(value));
    const whole = new Set([...alone.map(({ name }) => name), ...shaped.map(([name]) => name), ...nationalIdsIn(value)]);
    return { whole: [...whole], inside: found.map(({ name }) => name) };
}

;// CONCATENATED MODULE: ./lib/domain/masking/tally.js


/** Above so many different values it is no list of words. */
const mostDistinct = 20;
/** Counts what the values of one place are like. It forgets them with itself and gives none of them away. */
class Tally {
    #values = 0;
    #whole = new Map();
    #inside = new Map();
    #names = { full: 0, first: 0, last: 0 };
    #seen = new Map();
    #longest = 0;
    #wordy = 0;
    #opaque = 0;
    #coded = true;
    add(value) {
        if (value.trim() === '')
            return;
        this.#values++;
        const { whole, inside } = recognise(value);
        for (const kind of whole)
            count(this.#whole, kind);
        for (const kind of inside)
            count(this.#inside, kind);
        this.#addName(value);
        if (this.#seen.size <= mostDistinct)
            count(this.#seen, value);
        this.#longest = Math.max(this.#longest, value.length);
        if (/\S\s+\S+\s+\S/.test(value))
            this.#wordy++;
        if (!/\s/.test(value) && (/\d/.test(value) || value.length >= 16))
            this.#opaque++;
        this.#coded &&= /^(?:[a-z0-9]+|[A-Z0-9]+)(?:[_.:/ -](?:[a-z0-9]+|[A-Z0-9]+))*$/.test(value);
    }
    findings() {
        const share = (times) => (this.#values === 0 ? 0 : times / this.#values);
        const shares = (counts) => new Map([...counts].map(([kind, times]) => [kind, share(times)]));
        const few = this.#seen.size <= mostDistinct;
        return {
            values: this.#values,
            whole: shares(this.#whole),
            inside: shares(this.#inside),
            names: { full: share(this.#names.full), first: share(this.#names.first), last: share(this.#names.last) },
            distinct: few ? this.#seen.size : undefined,
            rarest: few && this.#values > 0 ? Math.min(...this.#seen.values()) : 0,
            longest: this.#longest,
            wordy: share(this.#wordy),
            opaque: share(this.#opaque),
            coded: this.#coded,
        };
    }
    #addName(value) {
        const look = nameLook(value);
        if (!look)
            return;
        if (look.words > 1 && (look.first || look.last))
            this.#names.full++;
        if (look.words < 3 && look.first)
            this.#names.first++;
        if (look.words < 3 && look.last)
            this.#names.last++;
    }
}
function count(counts, of) {
    counts.set(of, (counts.get(of) ?? 0) + 1);
}

;// CONCATENATED MODULE: ./lib/domain/masking/document-tally.js



/** Above so many different keys in one place they are values of a map. */
const mostKeys = 60;
const deepest = 8;
/** A path is shown where so many documents and such a share of them have it: anything rarer may be somebody's own. */
const fewestDocuments = 3;
const smallestShare = 0.05;
/** Counts what the documents of one column are like, path by path. */
class DocumentTally {
    #documents = 0;
    #keysAreData = false;
    #places = new Map();
    #keys = new Map();
    add(document) {
        this.#documents++;
        this.#walk(document, '', 0);
    }
    findings() {
        const least = Math.max(fewestDocuments, this.#documents * smallestShare);
        const shown = [...this.#places].filter(([path, { documents }]) => path !== '' && documents >= least);
        return {
            documents: this.#documents,
            paths: new Map(shown.map(([path, { tally }]) => [path, tally.findings()])),
            keysAreData: this.#keysAreData,
        };
    }
    #walk(value, path, depth) {
        if (typeof value === 'string' || typeof value === 'number')
            return this.#leaf(path, String(value));
        if (typeof value !== 'object' || value === null || depth === deepest)
            return;
        if (Array.isArray(value)) {
            for (const element of value)
                this.#walk(element, `${path}[*]`, depth + 1);
            return;
        }
        for (const [key, inner] of Object.entries(value)) {
            this.#note(path, key);
            // A key that rules cannot write is redacted with the rest, whatever it is.
            if (isPlainKey(key))
                this.#walk(inner, path === '' ? key : `${path}.${key}`, depth + 1);
        }
    }
    #leaf(path, text) {
        const place = this.#places.get(path) ?? { tally: new Tally(), documents: 0, last: 0 };
        // Keys without end would fill the memory; their documents are told by `keysAreData`.
        if (this.#places.size > 2_000 && !this.#places.has(path))
            return;
        this.#places.set(path, place);
        place.tally.add(text);
        if (place.last !== this.#documents)
            place.documents++;
        place.last = this.#documents;
    }
    #note(path, key) {
        const keys = this.#keys.get(path) ?? new Set();
        if (this.#keysAreData || keys.has(key))
            return;
        this.#keys.set(path, keys.add(key));
        if (keys.size > mostKeys || looksPersonal(key))
            this.#keysAreData = true;
    }
}
/** Numbers and hyphenated codes can look like anything; a key of the documents' form does not. */
function looksPersonal(key) {
    const look = nameLook(key);
    const { whole, inside } = recognise(key);
    return whole.length + inside.length > 0 || (look !== undefined && look.words > 1 && look.first && look.last);
}
function isPlainKey(key) {
    return /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/.test(key);
}

// EXTERNAL MODULE: ./lib/domain/masking/draft.js + 2 modules
var draft = __webpack_require__(3655);
// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var masking_schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/domain/masking/value-kind.js
var value_kind = __webpack_require__(461);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/sql/session.js
var session = __webpack_require__(3480);
// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
;// CONCATENATED MODULE: ./lib/data/masking/column-checks.js


/** Columns with a CHECK constraint of their own or of their domain; `list` where it lists the values that they take. */
async function readChecks(sql) {
    const rows = await sql.query(`SELECT o.conrelid::text AS relation, k.number AS column, pg_get_constraintdef(o.oid) AS definition
       FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL unnest(o.conkey) k(number)
      WHERE o.contype = 'c' AND ${catalogue/* userSchema */.v}
     UNION ALL
     SELECT a.attrelid::text, a.attnum, pg_get_constraintdef(o.oid)
       FROM pg_constraint o JOIN pg_attribute a ON a.atttypid = o.contypid WHERE o.contype = 'c' AND o.contypid <> 0`);
    const checks = new Map();
    for (const { relation, column, definition } of rows) {
        const id = (0,classify/* key */.Eb)(relation, column);
        if (listsValues(definition))
            checks.set(id, 'list');
        else if (!checks.has(id))
            checks.set(id, 'other');
    }
    return checks;
}
/** Whether it is `column IN ('a', 'b')`, as PostgreSQL writes that, with nothing beside it, and all rows obey it. */
function listsValues(definition) {
    const bare = definition
        .replaceAll(/'(?:[^']|'')*'/g, 'L')
        .replaceAll(/::(?:character varying|"[^"]+"|[\w.]+)(?:\(\d+\))?(?:\[\])?/g, '')
        .replaceAll(/[()]/g, '');
    return /^CHECK (?:"(?:[^"]|"")+"|\w+) = (?:ANY ARRAY\[L(?:, L)*\]|L)$/.test(bare);
}

// EXTERNAL MODULE: ./lib/data/masking/verify-surroundings.js
var verify_surroundings = __webpack_require__(3492);
;// CONCATENATED MODULE: ./lib/data/masking/scan-parent.js













/** Rows that are looked at per table: all of a small one. */
const sampled = 10_000;
/** Fewer rows from a sample of a table that seemed large: the estimate was wrong, and its first rows are looked at. */
const fewest = 1_000;
/** Values per journey to the server, and characters of each. */
const valuesAtOnce = 8_000;
const longestValue = 2_000;
/** Longer documents are left out: what no path names is redacted whatever it is. */
const longestDocument = 100_000;
/**
 * Reads samples of every table, table by table in short transactions that write nothing. No value leaves this file: they
 * are counted, and errors are told by their code alone.
 * @throws ProviderError when the catalog cannot be read or the connection is lost.
 */
async function scanParent(sql) {
    await readOnly(sql);
    const schema = await (0,catalogue/* readSchema */.G)(sql);
    const checks = await readChecks(sql);
    const places = (0,draft/* columnsToSample */.X)(schema);
    const findings = new Map();
    const documents = new Map();
    const tables = [];
    for (const table of new Set(places.map((place) => place.table))) {
        const own = places.filter((place) => place.table === table);
        const { counted, ...read } = await scanTable(sql, { schema, table, places: own });
        tables.push({ table: (0,masking_schema/* tableName */.C)(table), columns: own.length, ...read });
        for (const { place, tally } of counted) {
            const id = (0,classify/* key */.Eb)(table.id, place.column.number);
            if (tally instanceof DocumentTally)
                documents.set(id, tally.findings());
            else
                findings.set(id, tally.findings());
        }
    }
    const { problems } = await (0,verify_surroundings/* definitions */.BG)(sql);
    const notes = problems.map((problem) => `Verification would refuse: ${problem}. Change it, or write "definitions".`);
    return { schema, seen: { findings, documents, checks }, tables, notes: [...notes, ...foreignNotes(schema)] };
}
function tallyFor({ column }) {
    return (0,value_kind/* kindOf */.I)(column) === 'json' && !column.array ? new DocumentTally() : new Tally();
}
/** Production: nothing is written, no lock is waited for, nothing runs long, and row security hides no row unseen. */
async function readOnly(sql) {
    const [server] = await sql.query(`SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
       FROM pg_catalog.pg_roles WHERE rolname = current_user`);
    await (0,session/* workUndisturbed */.xf)(sql, server ?? { version: 0, superuser: false });
    await sql.query(`SET default_transaction_read_only = on; SET statement_timeout = '60s'; SET lock_timeout = '5s'; SET row_security = off;
     SET idle_in_transaction_session_timeout = '60s'; SET jit = off; SET max_parallel_workers_per_gather = 0`);
}
async function scanTable(sql, { schema, table, places }) {
    // A tenth more than wanted: a sample of blocks is seldom exactly as large as was asked for.
    const percent = (110 * sampled) / Math.max((0,check_masks/* rowsOf */.RO)(schema, table), 1);
    try {
        if (percent < 100) {
            const sample = await readRows(sql, { table, places, percent });
            if (sample.rows >= fewest)
                return sample;
        }
        return await readRows(sql, { table, places, percent: undefined });
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        await sql.query('ROLLBACK').catch(() => {
            throw new errors/* ProviderError */.mZ('Scanning the parent failed: the connection was lost. Run the job again.');
        });
        return { rows: 0, counted: [], unread: reasonOf((0,session/* sqlState */.cn)(error)) };
    }
}
/** Never the server's own words: they can quote a value. */
function reasonOf(state) {
    if (state === '42501')
        return 'the role may not read it';
    if (state === '57014')
        return 'reading it took longer than 60 s';
    if (state === '55P03')
        return 'it is locked';
    return `PostgreSQL refused (${state ?? 'no code'})`;
}
/** The same rows each time, as long as the table is the same. */
async function readRows(sql, { table, places, percent }) {
    const counted = places.map((place) => ({ place, tally: tallyFor(place) }));
    const sample = percent === undefined ? '' : ` TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)`;
    const values = places.map((place, at) => `${scan_parent_valueOf(place)} AS v${at}`);
    const batch = Math.max(50, Math.floor(valuesAtOnce / places.length));
    await sql.query(`BEGIN READ ONLY; DECLARE sampled NO SCROLL CURSOR FOR SELECT ${values.join(', ')} FROM ${table.sql} t${sample} LIMIT ${sampled}`);
    let total = 0;
    for (;;) {
        const rows = await sql.query(`FETCH ${batch} FROM sampled`);
        for (const row of rows)
            counted.forEach((each, at) => scan_parent_count(each, row[`v${at}`] ?? null));
        total += rows.length;
        if (rows.length < batch)
            break;
    }
    await sql.query('COMMIT');
    return { rows: total, counted };
}
/** NULL for what is too long to be looked at. */
function scan_parent_valueOf({ column }) {
    const name = `t.${(0,sql_text/* identifier */.Cv)(column.name)}`;
    if (column.array)
        return within(`to_json(${name})::text`);
    return (0,value_kind/* kindOf */.I)(column) === 'json' ? within(`${name}::text`) : `left(${name}::text, ${longestValue})`;
}
const within = (text) => `CASE WHEN length(${text}) <= ${longestDocument} THEN ${text} END`;
function scan_parent_count({ tally, place: { column } }, value) {
    if (value === null)
        return;
    if (tally instanceof DocumentTally)
        tally.add(JSON.parse(value));
    else if (!column.array)
        tally.add(value);
    else
        for (const element of elementsOf(JSON.parse(value)))
            tally.add(element.slice(0, longestValue));
}
function elementsOf(array) {
    if (Array.isArray(array))
        return array.flatMap(elementsOf);
    return typeof array === 'string' || typeof array === 'number' ? [String(array)] : [];
}
function foreignNotes(schema) {
    const foreign = schema.tables.filter(({ kind }) => kind === 'foreign').map(masking_schema/* tableName */.C);
    return foreign.length === 0
        ? []
        : [`Foreign tables are not scanned, and their rows are not copied: ${foreign.join(', ')}.`];
}


/***/ }),

/***/ 3480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ serverText),
/* harmony export */   cn: () => (/* binding */ sqlState),
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   xf: () => (/* binding */ workUndisturbed)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var pg__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3849);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);



/** Milliseconds for the TCP and login part. */
const connectTimeout = 10_000;
/**
 * `advice` is what to do about a login that fails, where the URL is not the user's `admin_url`.
 * @throws ProviderError naming host, user and what to do; never the password.
 * @throws CancelledError when the signal fires, also in the middle of a statement.
 */
async function openSession(target, options) {
    const connect = async (ssl) => {
        const client = new pg__WEBPACK_IMPORTED_MODULE_1__/* ["default"].Client */ .Ay.Client({
            host: target.host,
            port: target.port,
            user: target.user,
            password: target.password.reveal(),
            database: target.database,
            ssl,
            application_name: options.application,
            connectionTimeoutMillis: connectTimeout,
            keepAlive: true,
        });
        // A connection lost between statements is told by the next statement; without a listener Node would crash.
        client.on('error', () => undefined);
        await client.connect();
        return client;
    };
    if (options.signal.aborted)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc('cancelled');
    const client = await connectBySslMode(target, connect).catch((cause) => {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ(connectSentence(target, cause, options.advice), { cause });
    });
    const cut = () => client.connection.stream.destroy();
    options.signal.addEventListener('abort', cut, { once: true });
    // One statement after the other, also when several callers share the session.
    let previous = Promise.resolve();
    const inTurn = (body) => {
        const turn = previous.then(body);
        previous = turn.catch(() => undefined);
        return turn;
    };
    return {
        async query(text, values = []) {
            try {
                // Without values the simple protocol is used, which also takes several statements at once.
                const result = await inTurn(() => (values.length > 0 ? client.query(text, [...values]) : client.query(text)));
                return result.rows;
            }
            catch (cause) {
                if (options.signal.aborted)
                    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc('cancelled', { cause });
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ(`${firstWords(text)} failed on "${target.database}": ${serverText(cause)}`, { cause });
            }
        },
        stream: (statement) => client.query(statement),
        cut,
        async close() {
            options.signal.removeEventListener('abort', cut);
            await client.end().catch(() => undefined);
        },
    };
}
/**
 * Keeps what others wrote into a database from steering the admin's work in it: its own settings, functions that
 * shadow those of PostgreSQL (CVE-2018-1058), and event triggers, which run as whoever works there.
 * `event_triggers` is needed for those that are ENABLE ALWAYS.
 */
async function workUndisturbed(sql, server) {
    await sql.query(`SET ROLE NONE; SET search_path = pg_catalog; SET default_transaction_read_only = off; SET statement_timeout = 0;
     SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
    if (server.superuser)
        await sql.query('SET session_replication_role = replica');
    if (server.superuser && server.version >= 170000)
        await sql.query('SET event_triggers = off');
}
/** SQLSTATE of a failed statement, or Node's code of a failed connection. */
function sqlState(error) {
    const cause = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ ? error.cause : error;
    const code = cause?.code;
    return typeof code === 'string' ? code : undefined;
}
/**
 * libpq's meaning of sslmode: https://www.postgresql.org/docs/current/libpq-ssl.html. `prefer` and `allow` take TLS
 * when the server has it and go on without where it has none.
 */
async function connectBySslMode(target, connect) {
    const unverified = { rejectUnauthorized: false };
    switch (target.sslMode) {
        case 'disable':
            return connect(false);
        case 'require':
            return connect(unverified);
        case 'verify-ca':
            return connect({ ...(await authority(target)), checkServerIdentity: () => undefined });
        case 'verify-full':
            return connect(await authority(target));
        default:
            return connect(unverified).catch((error) => {
                if (!String(error.message).includes('does not support SSL'))
                    throw error;
                return connect(false);
            });
    }
}
async function authority({ sslRootCert }) {
    return sslRootCert === undefined || sslRootCert === 'system' ? {} : { ca: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(sslRootCert, 'utf8') };
}
function connectSentence(target, cause, advice) {
    const where = `Connecting to "${target.database}" on ${target.host}:${target.port} failed`;
    const code = sqlState(cause);
    if (code === '28P01' || code === '28000') {
        return `${where}: the server refused user "${target.user}". ${advice ?? 'Check user and password in "admin_url" and the server\'s pg_hba.conf.'}`;
    }
    if (code === '3D000')
        return `${where}: there is no such database. ${advice ?? 'Name an existing one in "admin_url".'}`;
    if (code === '53300')
        return `${where}: the server has no connection free. Run the job again or raise max_connections.`;
    if (code === '57P03')
        return `${where}: the server is starting up or shutting down. Wait for it to be ready, for example with a service health check.`;
    return `${where}: ${serverText(cause)}. ${advice ?? 'Check host, port and sslmode in "admin_url", and that the runner can reach the server.'}`;
}
/** The message without details: details can quote rows. */
function serverText(cause) {
    if (cause instanceof AggregateError)
        return cause.errors.map(serverText).join('; ');
    const { message, code } = cause;
    return message ? (code && /^[0-9A-Z]{5}$/.test(code) ? `${message} (${code})` : message) : (code ?? 'no reason given');
}
/** `CREATE DATABASE`, `ALTER ROLE`: enough to find the statement, without its values. */
function firstWords(text) {
    return /^\s*(\w+(?:\s+[A-Z]\w*)?)/.exec(text)?.[1] ?? 'Statement';
}


/***/ })

};
