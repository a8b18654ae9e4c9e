import { addTo } from "../../components/domain/grouped";
import { order } from "../../preview/access/estate";
import type { FieldSummary } from "../../preview/report/summary";
import type { JsonObject } from "../compare/marks";
import type { FieldChange } from "../review";
import type { StackSnapshot } from "../snapshot";
import { textOf } from "./declared";
import type { Declared } from "./declared";
import type { PairedDocuments } from "./documents";
import type { Workload } from "./pods";

/** What one side knows of its fields. */
export interface FieldSide {
    readonly stack: StackSnapshot | undefined;
    readonly declared: Declared;
    readonly workloads: ReadonlyMap<string, Workload>;
}

/** Fields that appear, go, or are declared otherwise, those of documents that appear or go among them. */
export function fieldChanges(
    { pairs, added, removed }: PairedDocuments,
    before: FieldSide,
    after: FieldSide,
): readonly FieldChange[] {
    const [was, is] = [readerOf(before), readerOf(after)];
    const found: FieldChange[] = [
        ...added.flatMap(({ fields }) => fields.map((field) => told("added", field))),
        ...removed.flatMap(({ fields }) => fields.map((field) => told("removed", field))),
    ];
    for (const pair of pairs) {
        const old = new Map(pair.before.fields.map((field) => [field.name, field]));
        for (const field of pair.after.fields) {
            const former = old.get(field.name);
            old.delete(field.name);
            if (former === undefined) {
                found.push(told("added", field));
                continue;
            }
            const what = [
                ...declaredOtherwise(was(former), is(field)),
                ...value(former, field, before, after),
            ];
            if (what.length > 0) found.push({ ...told("changed", field), what });
        }
        found.push(...[...old.values()].map((field) => told("removed", field)));
    }
    return found.sort((a, b) => order(a.field, b.field) || order(a.kind, b.kind));
}

const told = (kind: FieldChange["kind"], { id, kind: fieldKind, rotation }: FieldSummary): FieldChange => ({
    ...{ kind, field: id, fieldKind, rotation },
    what: [],
});

/** What is declared of a field, each with a word for it where there is nothing. */
type Told = readonly (readonly [what: string, value: string])[];

function readerOf({ declared, workloads }: FieldSide): (field: FieldSummary) => Told {
    const readers = new Map<string, string[]>();
    for (const { consumer, secrets } of workloads.values()) {
        const [platform = "", name = ""] = consumer.split("/");
        for (const variable of secrets) {
            const key = `${platform} ${variable}`;
            addTo(readers, key, name);
        }
    }
    return (field) => {
        const known: JsonObject = declared.fields.get(field.id) ?? {};
        const variable = textOf(known["variable"]);
        const consumers = readers.get(`${field.id.split("/")[0] ?? ""} ${variable ?? ""}`) ?? [];
        return [
            ["kind", field.kind],
            ["rotation", field.rotation],
            ["strategy", textOf(known["strategy"]) ?? "none"],
            ["required", field.required ? "always" : "no"],
            ["issuer", field.issuer ?? "nobody"],
            ["variable", variable ?? "none"],
            ["rotated by", textOf(known["rotatedBy"]) ?? "the ledger"],
            ["set", known["outOfBand"] === true ? "out of band" : "here"],
            ["consumers", consumers.length === 0 ? "none" : [...consumers].sort(order).join(", ")],
        ];
    };
}

const declaredOtherwise = (before: Told, after: Told): readonly string[] =>
    after.flatMap(([what, now], at) => {
        const was = before[at]?.[1];
        return was === now || was === undefined ? [] : [`${what}: ${now}, was ${was}`];
    });

/** One that is encrypted in the configuration differs by its encrypted text. */
function value(
    former: FieldSummary,
    field: FieldSummary,
    before: FieldSide,
    after: FieldSide,
): readonly string[] {
    return encryptedText(before.stack, former.id) === encryptedText(after.stack, field.id) ? [] : ["value"];
}

/** The two ways to write the path of a field in the configuration. */
function encryptedText(stack: StackSnapshot | undefined, field: string): string | undefined {
    const { project = "", encrypted = {} } = stack ?? {};
    return encrypted[`${project}:values.${field}`] ?? encrypted[`${project}:values["${field}"]`];
}
