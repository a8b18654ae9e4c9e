import type { Subject } from "./causes";
import type { ConsumerFacts, DeclaredSync, Facts } from "./facts";

/** The consumer that a text is about, and the SecretStore that it reads by where there is one. */
export function subjectOf(
    { stack, documents }: Facts,
    { id, context, namespace, serviceAccount, annotations, documents: reads }: ConsumerFacts,
    sync?: DeclaredSync,
): Subject {
    return {
        stack,
        consumer: id,
        context,
        namespace,
        serviceAccount,
        annotations,
        storeName: sync?.storeName,
        provider: sync?.provider ?? {},
        targets: documents.flatMap((each) => (reads.includes(each.id) ? [each.target] : [])),
    };
}

/** How the cluster of a consumer would be looked at. */
export const withCluster = (
    { stack }: Pick<Facts, "stack">,
    { cluster, context }: Pick<ConsumerFacts, "cluster" | "context">,
): readonly string[] => [`npm run doctor -- --stack ${stack} --context ${cluster}=${context}`];
