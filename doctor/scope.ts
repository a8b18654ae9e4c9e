import { suggest } from "../components/domain/problems";
import type { Problem } from "../components/domain/problems";
import type { Catalogue } from "../components/domain/catalogue";

/** What a person asks about; all, where nothing is named. */
export interface Scope {
    readonly platform?: string | undefined;
    /** `devplatform/db` */
    readonly document?: string | undefined;
    /** `devplatform/backend` */
    readonly consumer?: string | undefined;
}

/** What of a catalogue is looked at, by id. */
export interface Chosen {
    readonly platforms: ReadonlySet<string>;
    readonly documents: ReadonlySet<string>;
    readonly consumers: ReadonlySet<string>;
    /** Nothing was named, so what belongs to no platform is looked at as well. */
    readonly isAll: boolean;
}

/** Chooses by names; tells all of them that there are not. */
export function chosenOf(
    { platform, document, consumer }: Scope,
    catalogue: Catalogue,
): { readonly chosen: Chosen; readonly problems: readonly Problem[] } {
    const documents = catalogue.flatMap(({ name, documents: own }) =>
        Object.keys(own).map((each) => `${name}/${each}`),
    );
    const consumers = catalogue.flatMap(({ name, consumers: own }) =>
        Object.keys(own).map((each) => `${name}/${each}`),
    );
    const names = catalogue.map(({ name }) => name);
    const problems = [
        ...unknown("--platform", platform, names),
        ...unknown("--document", document, documents),
        ...unknown("--consumer", consumer, consumers),
    ];
    if (document !== undefined && consumer !== undefined) {
        const fix = "Name the one that the trouble is with";
        problems.push({ place: "--consumer", message: "a document is named as well", fix });
    }
    const reads = readsOf(catalogue);
    const isIn = (id: string): boolean => platform === undefined || id.startsWith(`${platform}/`);
    const pairs = [...reads].filter(([id]) => isIn(id) && (consumer === undefined || id === consumer));
    const read = new Set(pairs.flatMap(([, own]) => [...own]));
    const chosen = {
        platforms: new Set(names.filter((name) => platform === undefined || name === platform)),
        documents: new Set(
            documents.filter(
                (id) =>
                    isIn(id) &&
                    (document === undefined || id === document) &&
                    (consumer === undefined || read.has(id)),
            ),
        ),
        consumers: new Set(
            pairs.flatMap(([id, own]) => (document === undefined || own.has(document) ? [id] : [])),
        ),
        isAll: platform === undefined && document === undefined && consumer === undefined,
    };
    return { chosen, problems };
}

/** The documents of each consumer, by the variables that it reads. */
function readsOf(catalogue: Catalogue): ReadonlyMap<string, ReadonlySet<string>> {
    return new Map(
        catalogue.flatMap(({ name, consumers, documents }) =>
            Object.entries(consumers).map(([consumer, { reads }]) => {
                const read = Object.entries(documents).filter(([, { fields }]) =>
                    Object.values(fields).some(
                        ({ variable }) => variable !== undefined && reads.includes(variable),
                    ),
                );
                return [`${name}/${consumer}`, new Set(read.map(([id]) => `${name}/${id}`))] as const;
            }),
        ),
    );
}

function unknown(option: string, word: string | undefined, known: readonly string[]): readonly Problem[] {
    if (word === undefined || known.includes(word)) return [];
    return [
        {
            place: `${option} ${word}`,
            message: "the catalogue has none of that name",
            fix: suggest(word, known),
        },
    ];
}
