import type * as pulumi from "@pulumi/pulumi";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type { Workload } from "./service-account";

export interface SecretReaderArgs {
    readonly workload: Workload;
    readonly secretNames: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly provider: pulumi.ProviderResource;
}

/**
 * RBAC for one workload: `get` on the Secrets it is meant to read, by name. Never `list` or `watch`, which return
 * values too and can't be held to names.
 *
 * @see Kubernetes, "Role Based Access Control Good Practices": listing Secrets.
 */
export function declareSecretReader(
    name: string,
    args: SecretReaderArgs,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { workload, secretNames, labels, provider } = args;
    const own = { ...opts, provider };
    const roleName = `${workload.serviceAccount}-secret-reader`;
    const metadata = { name: roleName, namespace: workload.namespace, labels: { ...labels } };
    const role = new rbac.Role(
        name,
        {
            metadata,
            rules: [
                {
                    apiGroups: [""],
                    resources: ["secrets"],
                    resourceNames: [...secretNames].sort(),
                    verbs: ["get"],
                },
            ],
        },
        own,
    );
    new rbac.RoleBinding(
        name,
        {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: roleName },
            subjects: [
                { kind: "ServiceAccount", name: workload.serviceAccount, namespace: workload.namespace },
            ],
        },
        { ...own, dependsOn: [role] },
    );
}
