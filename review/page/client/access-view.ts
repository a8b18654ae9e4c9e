import { Access, isOutsider } from "./access-data";
import type { AccessFilter, AccessRow, Entry, Grant } from "./access-data";
import { controls } from "./controls";
import type { Control, Controls } from "./controls";
import { chip, dataOf, element, joined } from "./dom";
import type { Child } from "./dom";
import { Pager } from "./pager";
import { VERBS } from "./shapes";
import type { PackedAccess } from "./shapes";
import { counted, grouped } from "./texts";

/** Who may do what: a table by entry or by identity, a page at a time, with the statements on demand. */
export function accessExplorer(into: HTMLElement): (query: URLSearchParams) => void {
    const access = new Access(dataOf("access") as PackedAccess);
    const results = element("div", { class: "results" });
    const draw = (): void => {
        const filter = filterOf(narrow);
        const found = access.find(filter);
        const [from, to] = pager.range(found.length);
        narrow.status.textContent = told(found.length, access.size);
        const rows = [...found.subarray(from, to)].map((at) => access.row(at));
        results.replaceChildren(rows.length === 0 ? nothing(access.size) : tableOf(rows, filter.order));
    };
    const narrow = controls("access", fieldsOf(access), () => {
        pager.page = 0;
        draw();
    });
    const pager = new Pager("Pages of the access table", () => {
        draw();
        results.scrollIntoView({ block: "nearest" });
    });
    into.append(narrow.form, narrow.status, results, pager.nav);
    return (query) => {
        narrow.set(query);
        pager.page = 0;
        draw();
    };
}

const fieldsOf = ({ stacks }: Access): readonly Control[] => [
    { kind: "text", name: "text", label: "Any words", hint: "identity, document, store …" },
    {
        kind: "choice",
        name: "stack",
        label: "Stack",
        options: [["", "All"], ...stacks.map(({ stack }) => [stack, stack] as const)],
    },
    {
        kind: "choice",
        name: "verb",
        label: "Verb",
        options: [["", "Any"], ...VERBS.map((verb) => [verb, verb] as const)],
    },
    {
        kind: "choice",
        name: "by",
        label: "Grouped by",
        options: [
            ["", "Document"],
            ["identity", "Identity"],
        ],
    },
    { kind: "check", name: "changed", label: "Only what changes" },
    { kind: "check", name: "secrets", label: "Only secrets" },
    { kind: "check", name: "outsiders", label: "Only other environments and strangers" },
];

const filterOf = (narrow: Controls): AccessFilter => ({
    text: narrow.value("text"),
    stack: narrow.value("stack"),
    verb: narrow.value("verb"),
    order: narrow.value("by") === "identity" ? "identity" : "entry",
    changed: narrow.checked("changed"),
    secrets: narrow.checked("secrets"),
    outsiders: narrow.checked("outsiders"),
});

const told = (found: number, all: number): string =>
    found === all ? counted(all, "grant") : `${grouped(found)} of ${counted(all, "grant")}`;

const nothing = (size: number): HTMLElement =>
    element(
        "p",
        { class: "nothing" },
        size === 0
            ? "Nobody may do anything with what these stacks keep."
            : "No grant fits what you ask for.",
    );

/** Rows that stand together under one heading are a group of the table. */
function tableOf(rows: readonly AccessRow[], order: AccessFilter["order"]): HTMLElement {
    const byEntry = order === "entry";
    const table = element(
        "table",
        { class: "access" },
        element("caption", { class: "unseen" }, `Who may do what, by ${byEntry ? "document" : "identity"}`),
        element(
            "thead",
            {},
            element(
                "tr",
                {},
                element("th", { scope: "col" }, byEntry ? "Identity" : "Document"),
                element("th", { scope: "col" }, "May"),
            ),
        ),
    );
    let body: HTMLElement | undefined;
    let last: AccessRow | undefined;
    for (const row of rows) {
        const same =
            last?.stack === row.stack &&
            (byEntry ? last.entry === row.entry : last.identity === row.identity);
        if (body === undefined || !same) {
            body = element("tbody");
            const head = byEntry ? entryNames(row.entry) : identityNames(row);
            body.append(
                element(
                    "tr",
                    { class: "group" },
                    element(
                        "th",
                        { scope: "rowgroup", colspan: "2" },
                        ...head,
                        " ",
                        element("span", { class: "stack" }, row.stack),
                    ),
                ),
            );
            table.append(body);
        }
        const name = byEntry ? identityNames(row) : entryNames(row.entry);
        body.append(
            element(
                "tr",
                {},
                element("th", { scope: "row" }, ...name),
                element("td", {}, waysOf(row.grants)),
            ),
        );
        last = row;
    }
    return table;
}

function entryNames({ documents, path, store, isSecret }: Entry): readonly Child[] {
    const names = documents.length === 0 ? [path] : documents;
    return [
        ...joined(
            names.map((name) => element("code", {}, name)),
            ", ",
        ),
        " ",
        element("span", { class: "muted" }, documents.length === 0 ? store : `${store} ${path}`),
        !isSecret && " ",
        !isSecret && chip("plain", "no secret"),
    ];
}

function identityNames({ identity, environment }: AccessRow): readonly Child[] {
    const { name, realm, environment: own, isOperator } = identity;
    return [
        element("code", {}, name),
        realm !== "" && " ",
        realm !== "" && element("span", { class: "muted" }, `in ${realm}`),
        isOutsider(identity, environment) && " ",
        isOutsider(identity, environment) && chip("bad", own === "" ? "stranger" : `of ${own}`),
        isOperator && " ",
        isOperator && chip("plain", "operator"),
    ];
}

/** Verbs as words; behind them, on demand, each way that leads there. */
function waysOf(grants: readonly Grant[]): HTMLElement {
    const verbs = joined(grants.map(verbOf), ", ");
    return element(
        "details",
        {},
        element("summary", {}, ...verbs),
        element("ul", { class: "ways" }, ...waysTold(grants).map((way) => element("li", {}, ...way))),
    );
}

function verbOf({ verb, change, isUndecided }: Grant): HTMLElement {
    const text = isUndecided ? `${verb} (undecided)` : verb;
    if (change === 1) return element("ins", { class: "chip warn" }, `+ ${text}`);
    if (change === 2) return element("span", { class: "chip plain" }, `~ ${text}`);
    if (change === 3) return element("span", { class: "chip plain" }, "− ", element("del", {}, text));
    return element("span", {}, text);
}

/** Verbs that the same statements give in the same way are told together. */
function waysTold(grants: readonly Grant[]): Child[][] {
    const ways = new Map<string, Grant[]>();
    for (const grant of grants) {
        const key = JSON.stringify([grant.via, grant.by, grant.reason, grant.change]);
        const same = ways.get(key);
        if (same === undefined) ways.set(key, [grant]);
        else same.push(grant);
    }
    return [...ways.values()].map((same) => {
        const [one] = same;
        const code = (text: string): HTMLElement => element("code", {}, text);
        return [
            element("strong", {}, same.map(({ verb }) => verb).join(", ")),
            one?.change === 3 && ", no more:",
            " by ",
            ...(one === undefined || one.by.length === 0
                ? ["no statement of these stacks"]
                : joined(one.by.map(code), ", ")),
            ...(one === undefined || one.via.length === 0
                ? []
                : [", as ", ...joined(one.via.map(code), ", then ")]),
            one !== undefined && one.reason !== "" && `: ${one.reason}`,
        ];
    });
}
