import { ETCD_FIELD, providerOf } from "../components/domain/encryption-key";
import type { EncryptionProviders } from "../components/domain/encryption-key";
import type { Problem } from "../components/domain/problems";
import { highestGeneration, liveStages } from "../components/domain/rotation/stages";
import type { Ledger } from "../components/domain/rotation/stages";
import type { RotatingStack } from "./stack";

/**
 * Judges how API servers use the key of etcd against the base branch, which is what is deployed: a generation that lives
 * keeps its provider. With another one the same key reads nothing of what it wrote, so that the change would lose every
 * Secret at once. A new generation may have any.
 */
export function etcdProviderProblems(
    { stack, config: { etcd } }: Pick<RotatingStack, "stack" | "config">,
    base: { readonly etcd: EncryptionProviders | undefined; readonly ledger: Ledger | undefined },
): readonly Problem[] {
    const before = base.etcd;
    const generations = base.ledger?.[ETCD_FIELD];
    if (etcd === undefined || before === undefined || generations === undefined) return [];
    const moved = liveStages(generations).filter(
        ({ generation }) => providerOf(before, generation) !== providerOf(etcd, generation),
    );
    const [first] = moved;
    if (first === undefined) return [];
    const was = providerOf(before, first.generation);
    const becomes = providerOf(etcd, first.generation);
    const numbers = moved.map(({ generation }) => `generation ${String(generation)}`).join(" and ");
    const through = String(highestGeneration(generations));
    return [
        {
            place: `Pulumi.${stack}.yaml: strongroom:etcd.provider`,
            message: `${numbers} of the key wrote with ${was}, and ${becomes} reads nothing of that`,
            fix:
                `Keep it with 'earlier: { provider: ${was}, through: ${through} }' beside it, deploy that, and rotate ` +
                `the key: npm run rotate -- request ${ETCD_FIELD} --stack ${stack} --ref <ticket>`,
        },
    ];
}
