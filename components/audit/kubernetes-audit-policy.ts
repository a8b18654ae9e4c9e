import * as pulumi from "@pulumi/pulumi";
import { Names } from "../domain/names";
import type { SecretStore } from "../stores/store";

const PLATFORM = "control-plane";
const DOCUMENT = "audit-policy";

export interface KubernetesAuditPolicyArgs {
    readonly environment: string;
    readonly owner: string;
    /** Where the control plane fetches its configuration. */
    readonly store: SecretStore;
}

/**
 * The audit policy of a cluster that runs its own control plane: what its API servers record of each request
 * (`--audit-policy-file`). It is no secret; it goes where the control plane fetches its other document from, so that
 * there is one place and one right to read it.
 */
export class KubernetesAuditPolicy extends pulumi.ComponentResource {
    constructor(name: string, args: KubernetesAuditPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
        const policy = auditPolicy();
        super("strongroom:audit:KubernetesAuditPolicy", name, { policy }, opts);
        const { environment, owner, store } = args;
        store.write(
            {
                id: `${PLATFORM}/${DOCUMENT}`,
                names: new Names(PLATFORM, environment),
                storedName: DOCUMENT,
                description: "Audit policy of the API servers",
                ownership: { environment, platform: PLATFORM, owner, class: "audit" },
                stamp: undefined,
                rotationTags: {},
                format: "json",
                content: { policy: pulumi.secret(JSON.stringify(policy)) },
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}

/**
 * Who did what with Secrets, ConfigMaps and tokens, without their content. An example of the Kubernetes documentation
 * records Secrets with request and response, which writes their values into the log. The first rule that fits decides.
 *
 * @see Kubernetes, "Auditing"; CIS Kubernetes Benchmark 3.2.2
 */
export function auditPolicy() {
    return {
        apiVersion: "audit.k8s.io/v1",
        kind: "Policy",
        omitStages: ["RequestReceived"],
        rules: [
            {
                level: "Metadata",
                resources: [
                    { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
                    { group: "authentication.k8s.io", resources: ["tokenreviews"] },
                    // Objects of External Secrets Operator can hold a template with values.
                    { group: "external-secrets.io" },
                    { group: "generators.external-secrets.io" },
                ],
            },
            // Who was given which right: the objects have no values.
            { level: "RequestResponse", resources: [{ group: "rbac.authorization.k8s.io" }] },
            {
                level: "Metadata",
                resources: [
                    {
                        group: "",
                        resources: [
                            "pods/exec",
                            "pods/attach",
                            "pods/portforward",
                            "pods/proxy",
                            "services/proxy",
                            "nodes/proxy",
                        ],
                    },
                ],
            },
            // What only reads anything else: too much, and nothing of ours.
            { level: "None", verbs: ["get", "list", "watch"] },
            { level: "Metadata" },
        ],
    };
}
