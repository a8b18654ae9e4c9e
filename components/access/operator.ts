import type * as pulumi from "@pulumi/pulumi";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import { kubernetesLabels } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import type { Workload } from "./service-account";

export interface OperatorAccessArgs {
    /** Where the operator works. */
    readonly namespace: string;
    /** The operator itself. */
    readonly operator: Workload;
    readonly ownership: Ownership;
    /** Names of the ExternalSecrets that it syncs, and of the SecretStores that they read. */
    readonly externalSecrets: readonly string[];
    readonly secretStores: readonly string[];
    /** Generators of leases. */
    readonly generators: readonly string[];
    /** The Secrets that it makes. */
    readonly secretNames: readonly string[];
    /** Service accounts that it reads the stores as. */
    readonly serviceAccounts: readonly string[];
    readonly provider: pulumi.ProviderResource;
}

/** Names role and binding in each namespace; policy K8S-01 knows the operator by it. */
export const OPERATOR_ROLE = "external-secrets-operator";

type Rule = Readonly<Record<"apiGroups" | "resources" | "verbs", string[]>> & {
    readonly resourceNames?: string[];
};

/**
 * What External Secrets Operator may do in one namespace, in the place of the chart's ClusterRole over all of them.
 * `docs/operator.md` has the values that install it without that.
 *
 * What the API lets be held to names is. The rest is `create`, which has no name to hold it to, and `list` and `watch`,
 * without which the operator does not start: it watches the metadata of Secrets, and RBAC does not tell metadata from
 * values. So within the namespace it can read every Secret, as whoever syncs them must.
 */
export function declareOperatorAccess(
    name: string,
    args: OperatorAccessArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { namespace, operator, ownership, provider } = args;
    const own = { ...opts, provider };
    const labels = kubernetesLabels({ ...ownership, class: "operator" });
    const metadata = { name: OPERATOR_ROLE, namespace, labels };
    const role = new Role(name, { metadata, rules: operatorRules(args) }, own);
    new RoleBinding(
        name,
        {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: OPERATOR_ROLE },
            subjects: [
                { kind: "ServiceAccount", name: operator.serviceAccount, namespace: operator.namespace },
            ],
        },
        { ...own, dependsOn: [role] },
    );
}

const ESO = "external-secrets.io";
const GENERATORS = "generators.external-secrets.io";

/**
 * In the order in which the operator needs them.
 *
 * @see external-secrets 2.9: its chart's templates/rbac.yaml, and the watches of its controllers
 */
export function operatorRules(args: OperatorAccessArgs): Rule[] {
    const { externalSecrets, secretStores, generators, secretNames, serviceAccounts } = args;
    const rule = (
        apiGroup: string,
        resources: string[],
        verbs: string[],
        names?: readonly string[],
    ): Rule => ({
        apiGroups: [apiGroup],
        resources,
        verbs,
        ...(names === undefined ? {} : { resourceNames: [...names].sort() }),
    });
    const watch = ["get", "list", "watch"];
    return [
        rule(ESO, ["externalsecrets", "secretstores"], watch),
        // The finalizer of an ExternalSecret is set by a patch of the object itself.
        rule(
            ESO,
            ["externalsecrets", "externalsecrets/finalizers", "externalsecrets/status"],
            ["patch", "update"],
            externalSecrets,
        ),
        ...(secretStores.length === 0
            ? []
            : [
                  rule(
                      ESO,
                      ["secretstores/finalizers", "secretstores/status"],
                      ["patch", "update"],
                      secretStores,
                  ),
              ]),
        // Watched whether or not a generator keeps a state.
        rule(GENERATORS, ["generatorstates"], watch),
        ...(generators.length === 0 ? [] : [rule(GENERATORS, ["vaultdynamicsecrets"], watch)]),
        rule("", ["serviceaccounts"], watch),
        ...(serviceAccounts.length === 0
            ? []
            : [rule("", ["serviceaccounts/token"], ["create"], serviceAccounts)]),
        rule("", ["secrets"], ["list", "watch"]),
        rule("", ["secrets"], ["create"]),
        rule("", ["secrets"], ["delete", "get", "patch", "update"], secretNames),
        rule("", ["events"], ["create", "patch"]),
    ];
}
