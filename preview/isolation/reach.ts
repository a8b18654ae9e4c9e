import { accessOf } from "../access";
import { Estate, order } from "../access/estate";
import type { Cell } from "../access/types";
import type { RenderedResource } from "../rendering";
import { clusterOf } from "./claims/kubernetes";
import { vaultServer } from "./claims/vault";
import type { Environment, IsolationFinding } from "./types";

/**
 * Grants of one environment that reach an entry of another, by the same evaluation as the access matrix, over all
 * stacks at once. Where only a deployment tells, it is a finding too.
 *
 * Vault servers and clusters are told apart by address and context; on AWS the account decides, as it does there.
 */
export function reachesOver(environments: readonly Environment[]): readonly IsolationFinding[] {
    const renderings = environments.flatMap((each) => each.renderings);
    const [first] = renderings;
    if (first === undefined) return [];
    const owners = new Map(
        environments.flatMap(({ name, renderings: own }) =>
            own.flatMap(({ stack, resources }) =>
                resources.map(({ urn }): [string, { name: string; stack: string }] => [urn, { name, stack }]),
            ),
        ),
    );
    const estate = new Estate({ ...first, resources: renderings.flatMap(({ resources }) => resources) });
    return accessOf(estate)
        .cells.flatMap((cell): IsolationFinding[] => {
            const { identity, entry, decision } = cell;
            const from = owners.get(identity.urn ?? "");
            const to = owners.get(entry.urn);
            if (decision === "denied" || from === undefined || to === undefined) return [];
            if (from.name === to.name || !meet(estate, cell)) return [];
            const verb = decision === "allowed" ? "may read" : "may be able to read";
            const because = cell.reason ?? `by ${cell.by.join(", ")}`;
            return [
                {
                    kind: "reach",
                    places: [
                        { stack: from.stack, what: `${identity.kind} ${identity.name}` },
                        { stack: to.stack, what: entry.path },
                    ],
                    message: `'${identity.name}' of ${from.name} ${verb} '${entry.path}' of ${to.name} (${because})`,
                    fix: `Let the grant name entries of ${from.name} alone, each prefix closed by its separator`,
                },
            ];
        })
        .sort((a, b) => order(a.message, b.message));
}

/** Whether identity and entry are on the same server: the matrix takes all Vaults, and all clusters, as one. */
function meet(estate: Estate, { identity, entry }: Cell): boolean {
    const [one, other] = [estate.get(identity.urn), estate.get(entry.urn)];
    const placeOf: Readonly<Record<string, (each: RenderedResource) => string | undefined>> = {
        vault: (each) => vaultServer(estate, each),
        kubernetes: (each) => clusterOf(estate, each),
    };
    const where = placeOf[entry.system];
    if (where === undefined || one === undefined || other === undefined) return true;
    const [here, there] = [where(one), where(other)];
    return here === undefined || there === undefined || here === there;
}
