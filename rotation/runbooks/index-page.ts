import { addTo } from "../../components/domain/grouped";
import { isIssued, rotationText } from "../../components/domain/catalogue";
import type { Catalogue } from "../../components/domain/catalogue";
import { code, markdownList as list, markdownTable as table } from "../../components/domain/markdown";
import { SHARED_OWNER } from "../../components/domain/ownership";
import { listed, page } from "./markdown";
import { section } from "./sections";
import type { Subject } from "./subject";

/** The first page: what to do first, and every other page by each way in which one may know a secret. */
export function indexPage(
    catalogue: Catalogue,
    subjects: readonly Subject[],
    etcd: { readonly id: string; readonly isThere: boolean },
): string {
    const paged = subjects.filter(({ field }) => field.kind !== "literal");
    const managed = catalogue.flatMap(({ name, managed = {} }) =>
        Object.entries(managed).map(([each, { manager }]) => ({ id: `${name}/${each}`, manager })),
    );
    return page(
        "# Runbooks",
        "**A secret has leaked: go to [the page of incidents](incident.md).** It takes two minutes to begin.",
        "One page for each secret: where it lives, who reads it, how it rotates, what to do when it has leaked, when somebody leaves, and how to go back. Which generation is live, and what is due, changes from day to day: `npm run rotate -- status` shows it.",
        "The pages are made of the catalogue and the configuration of the stacks. Do not edit them: `npm run runbooks` writes them anew.",
        section("Find it", table(["variable", "page", "owner", "known to"], variables(paged))),
        section(
            "By platform",
            ...catalogue.map(({ name, title, owner }) => {
                const own = paged.filter(({ platform }) => platform.name === name).map(link);
                const others = managed.filter(({ id }) => id.startsWith(`${name}/`)).map(link);
                return [`${title}, ${owner}:`, list([...own, ...others])].join("\n\n");
            }),
            ...(etcd.isThere ? [`Control plane, ${SHARED_OWNER}:`, list([link(etcd)])] : []),
        ),
        section("By class", list(classes(paged))),
        section(
            "By owner",
            grouped(paged, ({ platform }) => [platform.owner]),
        ),
        section(
            "By holder",
            `When one of them leaves: ${code("npm run rotate -- offboard <holder>")}, as each page says.`,
            grouped(paged, ({ document }) => document.holders),
        ),
        managed.length === 0
            ? ""
            : section("Kept elsewhere", list(managed.map((each) => `${link(each)}: ${each.manager}`))),
    );
}

const link = ({ id }: { readonly id: string }): string => `[${id}](${id}.md)`;

function variables(subjects: readonly Subject[]): string[][] {
    return subjects
        .map((subject) => {
            const { field, platform, document } = subject;
            const variable = field.variable === undefined ? "none" : code(field.variable);
            return [variable, link(subject), platform.owner, listed(document.holders)];
        })
        .sort(([a = "", b = ""], [c = "", d = ""]) => (`${a} ${b}` < `${c} ${d}` ? -1 : 1));
}

/** By class of the catalogue and period; an access key is issued where the stack does not create it. */
function classes(subjects: readonly Subject[]): string[] {
    const rows = new Map<string, { readonly head: readonly [string, string]; readonly pages: string[] }>();
    for (const subject of subjects) {
        const { field } = subject;
        const { name, strategy } = field.rotation.rotationClass;
        const shown =
            field.kind === "composed"
                ? (["composed", "with its parts"] as const)
                : ([
                      strategy === "none" && isIssued(field, false) ? "set by hand" : code(name),
                      rotationText(field.rotation),
                  ] as const);
        const key = shown.join(" ");
        const row = rows.get(key) ?? { head: shown, pages: [] };
        row.pages.push(link(subject));
        rows.set(key, row);
    }
    return [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { head, pages }]) => `${head.join(", ")}: ${pages.join(", ")}`);
}

function grouped(subjects: readonly Subject[], of: (subject: Subject) => readonly string[]): string {
    const groups = new Map<string, string[]>();
    for (const subject of subjects) {
        for (const name of of(subject)) addTo(groups, name, link(subject));
    }
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    return list(sorted.map(([name, pages]) => `${name}: ${pages.join(", ")}`));
}
