import type { AccessFinding, AccessMatrix, Cell, Edge, Identity } from "../access";
import type { Json } from "./redact";

/** The matrix with names for identities and entries: a reader joins them by these, within a realm. */
export function accessJson(matrix: AccessMatrix): Json {
    const { identities, entries, cells, edges, findings, operators, questions, foreign } = matrix;
    return {
        identities: identities.map((identity) => ({
            ...named(identity),
            serviceAccounts: identity.serviceAccounts,
            isOperator: operators.includes(identity),
            ...(identity.stack === undefined ? {} : { stack: identity.stack }),
            ...(identity.urn === undefined ? {} : { urn: identity.urn }),
        })),
        entries: entries.map(({ system, store, realm, path, kind, verbs, documents, isSecret, urn }) => ({
            system,
            store,
            ...(realm === undefined ? {} : { realm }),
            path,
            kind,
            verbs,
            documents,
            isSecret,
            urn,
        })),
        answers: cells.map(answerJson),
        becomes: edges.map(edgeJson),
        questions: { ...questions },
        foreign: { ...foreign },
        findings: findings.map(findingJson),
    };
}

/** Who can become whom. */
export function edgeJson({ from, to, decision, by, reason }: Edge): Record<string, Json> {
    return {
        from: named(from),
        to: named(to),
        decision,
        by,
        ...(reason === undefined ? {} : { reason }),
    };
}

export const findingJson = ({
    kind,
    who,
    what,
    message,
    place,
    fix,
}: AccessFinding): Record<string, Json> => ({
    kind,
    who,
    what,
    message,
    place,
    fix,
});

/** One answer, as a line of the table is told. */
export function answerJson({ identity, entry, verb, via, decision, by, reason }: Cell): Record<string, Json> {
    return {
        identity: named(identity),
        verb,
        store: entry.store,
        ...(entry.realm === undefined ? {} : { realm: entry.realm }),
        path: entry.path,
        decision,
        via: via.map(named),
        by,
        ...(reason === undefined ? {} : { reason }),
    };
}

/** Everything that tells an identity from others. */
function named({
    system,
    kind,
    name,
    realm,
}: Pick<Identity, "system" | "kind" | "name" | "realm">): Record<string, Json> {
    return { system, kind, name, ...(realm === undefined ? {} : { realm }) };
}
