/**
 * Words that masked values are made of. Made up or rare, so that a reader sees at once that they are not the original;
 * 64 of each, so that six bits of a digest pick one without bias. At most ten letters each, so that they fit short columns.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const firstNames = words(`
  Aldric Amaris Anwen Aurel Beryl Brisen Caelan Calla Cedany Corin Daveth Delwyn Doria Edwyn Elowen Emrys
  Enid Faelan Fenna Garrick Gisela Halcyon Hesper Idony Ilario Isolde Jorah Junia Kerensa Kester Lamorna Leofric
  Linnea Lorcan Maelys Merrin Morwen Nerys Odalys Odran Orla Osric Perran Petroc Quilla Ravenna Rohese Rowena
  Sabran Senara Sorrel Talan Tamsin Tegan Thora Ulric Vesper Wenna Wystan Xanthe Yestin Ysolde Zelah Zephyr`)

export const lastNames = words(`
  Ashgrove Barrowby Birchley Blackmere Bramwick Brindle Cairnfell Caskwell Cinderby Coldwater Dalewick Deepwell
  Dunmarrow Eastholm Elderby Emberton Fairholt Fallowby Farrowdale Fernhollow Foxhurst Gladeby Glenmoor Goldhurst
  Greyholm Harrowby Hartmere Hazelby Heathwick Hollowell Ironby Juniperly Kestrelby Kingsmere Larkhurst Lindenby
  Longmere Lowfield Maplewick Marshby Mistlewick Moorwick Nettleby Northmere Oakhollow Otterby Pebblewick Pinemoor
  Quarrelby Ravenmoor Redfallow Rimewick Sandhollow Silverby Sparrowby Stonewick Thistleby Thornmere Tidewell
  Underhill Valewick Waterby Willowmere Yewhollow`).map((name) => name.slice(0, 10))

export const cities = words(`
  Alderport Amberford Ashhaven Barleyton Birchport Blueford Bramblebay Brookhaven Cedarport Clearford Cloverton Coalhaven
  Copperton Cranebay Dawnport Deerhaven Driftwood Duskford Eagleton Eastmere Elmhaven Emberport Fairmoor Fawnford
  Fernport Flintbay Foxhaven Frostford Gladeport Goldmere Graniton Greenbay Gullhaven Hawkport Heronford Hillmere
  Honeyport Icebay Ivyhaven Jadeport Kelpford Lakemere Larkhaven Lilyport Maplebay Meadowton Millmere Mossport
  Northvale Oakmere Olivebay Opalford Pearlport Pinemere Quartzton Reedhaven Rosebay Saltmere Shellport Snowford
  Starhaven Sunmere Tidebay Willowton`).map((name) => name.slice(0, 10))

export const streets = lastNames.map((name) => `${name} St`)
export const companies = lastNames.map((name) => `${name} Example Ltd`)

/** What stands for free text, as often as it takes to fill the length of the original. */
export const filler = 'lorem ipsum dolor sit amet '
