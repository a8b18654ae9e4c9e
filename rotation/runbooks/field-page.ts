import { isIssued } from "../../components/domain/catalogue";
import { markdownList as list } from "../../components/domain/markdown";
import { listed, page } from "./markdown";
import { composedOf, partsOf } from "./readers";
import {
    backSection,
    checkSection,
    holdersSection,
    leakedSections,
    offboardSection,
    readersSection,
    requestSection,
    rotationSection,
    section,
    tellSection,
    whereSection,
} from "./sections";
import { isDrawn } from "./subject";
import type { Subject } from "./subject";

export const START =
    "Commands run in the root of this project, after [Before you start](../incident.md#before-you-start).";

/** The page of a field; undefined for a literal, which is no secret. */
export function fieldPage(subject: Subject): string | undefined {
    const { field } = subject;
    if (field.kind === "literal") return undefined;
    if (field.kind === "composed") return composedPage(subject, field.template);
    if (field.kind === "access-key" && field.part === "secret") return pairPage(subject);
    return page(
        title(subject),
        `${sentence(field.description)} ${kind(subject)} ${jump(subject)}`,
        START,
        leakedSections(subject),
        whereSection(subject),
        readersSection(subject),
        holdersSection(subject),
        rotationSection(subject),
        requestSection(subject),
        offboardSection(subject),
        backSection(subject),
        checkSection(subject),
        tellSection(subject),
    );
}

/** What is made of other fields changes when they do. */
function composedPage(subject: Subject, template: string): string {
    const { platform, documentName } = subject;
    const parts = partsOf(template, documentName);
    const secret = parts.filter((part) => {
        const [document = "", field = ""] = part.split(".");
        return platform.documents[document]?.fields[field]?.kind !== "literal";
    });
    const links = secret.map((part) => `[${platform.name}/${part}](../${platform.name}/${part}.md)`);
    return page(
        title(subject),
        `${sentence(subject.field.description)} It is composed of other fields, so it has no generations, and nothing rotates it but they.`,
        section(
            "Leaked",
            `Whoever has it has every secret in it. Treat as leaked, each by its own page: ${listed(links)}. Every reader below gets the new text by that.`,
            "The steps there deliver it, restart its readers and check. There is no other way to change it, and none to keep the old one.",
        ),
        whereSection(subject),
        readersSection(subject),
        holdersSection(subject),
        section("Go back", `It goes back when its parts do: see ${listed(links)}.`),
        tellSection(subject),
    );
}

/** The secret half of an access key; the ledger and the commands know the pair by its id. */
function pairPage(subject: Subject): string {
    const { platform, documentName, document } = subject;
    const ids = Object.entries(document.fields).flatMap(([name, field]) =>
        field.kind === "access-key" && field.part === "id"
            ? [`${platform.name}/${documentName}.${name}`]
            : [],
    );
    const links = ids.map((id) => `[${id}](../${id}.md)`);
    return page(
        title(subject),
        `${sentence(subject.field.description)} It is one half of an access key: the two come and go together.`,
        section("Leaked", `Follow ${listed(links)}. Its steps replace both halves.`),
        whereSection(subject),
        readersSection(subject),
        holdersSection(subject),
        tellSection(subject),
    );
}

const title = ({ id }: Subject): string => `# ${id}`;
export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);

function kind(subject: Subject): string {
    const { field, platform, places } = subject;
    const of = `A secret of the ${platform.title}, which ${platform.owner} answers for.`;
    if (places.every((place) => isDrawn(place))) return `${of} The stack draws it.`;
    return isIssued(field, false) ? `${of} Its issuer: ${field.issuer}.` : of;
}

/** Where to read on, at night. */
function jump({ places, platform, documentName, fieldName }: Subject): string {
    const links = places.map(
        ({ stack: { stack } }) => `[in ${stack}](#leaked-in-${stack.replaceAll(".", "")})`,
    );
    const composed = composedOf(platform, documentName, fieldName).map(
        (name) => `[${platform.name}/${name}](../${platform.name}/${name}.md)`,
    );
    return `**Leaked: ${listed(links, "or")}.**${composed.length === 0 ? "" : ` Also when ${listed(composed, "or")} leaked, which has it inside.`}`;
}

/** What another system keeps and rotates for a platform. */
export function managedPage(
    platform: { readonly name: string; readonly title: string; readonly owner: string },
    name: string,
    { description, manager }: { readonly description: string; readonly manager: string },
    told: readonly string[],
): string {
    return page(
        `# ${platform.name}/${name}`,
        `${sentence(description)} ${manager} keeps and rotates it for the ${platform.title}. It is in none of our stores and in no ledger.`,
        section(
            "Leaked",
            `Rotate or revoke it in ${manager}, as whoever runs ${manager} there: no command of this project reaches it. Then restart what still uses the old one.`,
        ),
        section("How it rotates", `${manager} does it by itself. Nothing is to be done here.`),
        section("Go back", `Only ${manager} can, by its own means.`),
        section("Check", `In ${manager}: the one in use is newer than the leak, and the old one is refused.`),
        section(
            "Who to tell",
            list([
                `${platform.owner}: answers for it`,
                ...told
                    .filter((each) => each !== platform.owner)
                    .map((each) => `${each}: hears of every leak`),
            ]),
        ),
    );
}
