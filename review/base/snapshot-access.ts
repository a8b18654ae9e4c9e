import type { AccessFinding, AccessMatrix, Answer, Edge, Entry, Identity } from "../../preview/access";

/**
 * A matrix as plain data. The evaluation's own identities and entries carry policies and resources along; here they
 * keep what their types say, and are shared by cells as they were, so that what is kept stays small.
 *
 * @param told takes known secrets out of a sentence.
 */
export function plainMatrices(
    matrices: readonly AccessMatrix[],
    told: (text: string) => string,
): readonly AccessMatrix[] {
    const identity = shared(plainIdentity);
    const entry = shared(plainEntry);
    const text = shared(told);
    const answer = ({ decision, by, reason }: Answer): Answer => ({
        decision,
        by: by.map(text),
        ...(reason === undefined ? {} : { reason: text(reason) }),
    });
    const edge = (each: Edge): Edge => ({
        from: identity(each.from),
        to: identity(each.to),
        ...answer(each),
    });
    const finding = (each: AccessFinding): AccessFinding => ({
        kind: each.kind,
        who: each.who,
        what: each.what,
        message: text(each.message),
        place: text(each.place),
        fix: text(each.fix),
    });
    // All stacks are evaluated together, and have their identities in common.
    const identities = shared((list: readonly Identity[]) => list.map(identity));
    return matrices.map((matrix) => ({
        stack: matrix.stack,
        environment: matrix.environment,
        askedStacks: [...matrix.askedStacks],
        identities: identities(matrix.identities),
        operators: identities(matrix.operators),
        entries: matrix.entries.map(entry),
        cells: matrix.cells.map((cell) => ({
            identity: identity(cell.identity),
            entry: entry(cell.entry),
            verb: cell.verb,
            via: cell.via.map(identity),
            ...answer(cell),
        })),
        edges: matrix.edges.map(edge),
        questions: { ...matrix.questions },
        foreign: { ...matrix.foreign },
        findings: matrix.findings.map(finding),
    }));
}

/** The same answer for the same thing, worked out once. */
function shared<From, To>(make: (from: From) => To): (from: From) => To {
    const made = new Map<From, To>();
    return (from) => {
        let to = made.get(from);
        if (to === undefined) made.set(from, (to = make(from)));
        return to;
    };
}

function plainIdentity({
    system,
    kind,
    name,
    realm,
    stack,
    environment,
    serviceAccounts,
    urn,
}: Identity): Identity {
    return {
        system,
        kind,
        name,
        serviceAccounts: [...serviceAccounts],
        ...(realm === undefined ? {} : { realm }),
        ...(stack === undefined ? {} : { stack }),
        ...(environment === undefined ? {} : { environment }),
        ...(urn === undefined ? {} : { urn }),
    };
}

function plainEntry(entry: Entry): Entry {
    const { system, store, realm, path, kind, verbs, documents, isSecret, isReplica, madeFor } = entry;
    return {
        system,
        store,
        path,
        kind,
        verbs: [...verbs],
        documents: [...documents],
        isSecret,
        stack: entry.stack,
        environment: entry.environment,
        urn: entry.urn,
        ...(realm === undefined ? {} : { realm }),
        ...(isReplica === undefined ? {} : { isReplica }),
        ...(madeFor === undefined ? {} : { madeFor }),
    };
}
