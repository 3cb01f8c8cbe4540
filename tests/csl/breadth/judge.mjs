// The reference processor's words: npm's citeproc, which stands in the folder JUDGE, formats the citations and the
// bibliography in every style whose path comes in on stdin. Prints a line of JSON for each.
// usage: judge.mjs JUDGE LOCALES LANGUAGE REFERENCES CITATIONS < STYLES    LANGUAGE: a tag, or "own"
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [judge, locales, language, referencesFile, citationsFile] = process.argv.slice(2);
const CSL = createRequire(judge + "/")("citeproc");
CSL.debug = () => {};
const references = JSON.parse(readFileSync(referencesFile, "utf8"));
const citations = JSON.parse(readFileSync(citationsFile, "utf8"));
const byId = Object.fromEntries(references.map((reference) => [reference.id, reference]));
// Every reference is cited: the last citation cites those that no other does, and is not compared.
const cited = new Set(citations.flatMap((citation) => citation.cites.map((cite) => cite.id)));
const uncited = references.filter((reference) => !cited.has(reference.id)).map((reference) => ({ id: reference.id }));
const kept = {};

const system = {
    retrieveLocale(tag) {
        if (!(tag in kept)) {
            try {
                kept[tag] = readFileSync(`${locales}/locales-${tag}.xml`, "utf8");
            } catch {
                kept[tag] = false;
            }
        }
        return kept[tag];
    },
    embedBibliographyEntry: (id) => `<!--${id}-->`, // entries that say nothing are left out
    retrieveItem: (id) => ({ ...JSON.parse(JSON.stringify(byId[id])), system_id: id }),
};

function made(citation, i, inNotes) {
    const properties = { noteIndex: inNotes ? citation.note : 0 };
    if (citation.narrative) properties.mode = "composite";
    return { citationID: `c${i}`, citationItems: citation.cites.map((cite) => ({ ...cite })), properties };
}

function format(path) {
    const engine = new CSL.Engine(system, readFileSync(path, "utf8"), language === "own" ? "en-US" : language, language !== "own");
    const inNotes = engine.opt.xclass === "note";
    const before = [], texts = [];
    [...citations, { note: 1 + citations.at(-1).note, cites: uncited }].forEach((citation, i) => {
        const now = made(citation, i, inNotes);
        const changes = engine.processCitationCluster(now, before, [])[1];
        before.push([now.citationID, now.properties.noteIndex]);
        for (const [place, text] of changes) texts[place] = text;
    });
    const list = engine.makeBibliography();
    const result = { citations: texts.slice(0, citations.length) };
    if (list) {
        result.order = list[1].map((entry) => entry.match(/<!--(.*?)-->/)[1]);
        result.entries = list[1].map((entry) => entry.replace(/<!--.*?-->/, ""));
    }
    return result;
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    let result;
    try {
        result = format(path);
    } catch (error) {
        result = { error: String(error).slice(0, 200) };
    }
    console.log(JSON.stringify({ style: path, ...result }));
}
