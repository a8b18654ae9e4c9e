import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { Provider } from "@pulumi/kubernetes/provider";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole";
import { Role } from "@pulumi/kubernetes/rbac/v1/role";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding";
import * as pulumi from "@pulumi/pulumi";
import { Provider as RandomProvider } from "@pulumi/random/provider";
import { RandomPassword } from "@pulumi/random/randomPassword";

/** Every kind of object that the stacks declare, tidy ones and some that break a rule of the pack. */
const random = new RandomProvider("random", {});
const provider = new Provider("cluster", { renderYamlToDirectory: "rendered", enableSecretMutable: true });
const opts = { provider };

const labels = {
    "strongroom.io/environment": "prod",
    "strongroom.io/platform": "shop",
    "strongroom.io/owner": "team",
    "strongroom.io/class": "database",
};
const tidy = new Namespace("tidy", { metadata: { name: "shop-prod", labels } }, { ...opts, protect: true });
new Namespace("of-dev", { metadata: { name: "shop-dev" } }, opts);
const namespace = tidy.metadata.name;

const account = new ServiceAccount(
    "api",
    { metadata: { name: "api", namespace, labels }, automountServiceAccountToken: false },
    opts,
);
const password = new RandomPassword("password", { length: 24 }, { provider: random });
const encoded = password.result.apply((value) => Buffer.from(value).toString("base64"));
const secret = new Secret(
    "db",
    { metadata: { name: "db", namespace, labels }, type: "Opaque", data: { password: encoded } },
    { ...opts, dependsOn: [account], additionalSecretOutputs: ["stringData"] },
);
new Secret(
    "text",
    { metadata: { name: "text", namespace, labels }, stringData: { password: "changeme" } },
    opts,
);
new ConfigMap(
    "settings",
    { metadata: { name: "settings", namespace, labels }, data: { HOST: "db", URL: secret.id } },
    { ...opts, ignoreChanges: ["data.HOST"] },
);
new ConfigMap("unnamed", { metadata: { namespace: "shop-prod" }, data: { key: "value" } }, opts);

const role = new Role(
    "reads-db",
    {
        metadata: { name: "reads-db", namespace, labels },
        rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["db"], verbs: ["get"] }],
    },
    opts,
);
new Role(
    "reads-all",
    {
        metadata: { name: "reads-all", namespace: "shop-prod" },
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
    },
    opts,
);
new ClusterRole(
    "everything",
    { metadata: { name: "everything" }, rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] },
    opts,
);
new RoleBinding(
    "reads-db",
    {
        metadata: { name: "reads-db", namespace, labels },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
        subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace }],
    },
    opts,
);

const store = new CustomResource(
    "store",
    {
        apiVersion: "external-secrets.io/v1",
        kind: "ClusterSecretStore",
        metadata: { name: "store" },
        spec: { provider: { vault: { server: "https://vault.example.com", path: "secret", version: "v2" } } },
    },
    opts,
);
new CustomResource(
    "synced",
    {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: "synced", namespace, labels },
        spec: {
            secretStoreRef: { kind: "ClusterSecretStore", name: store.metadata.name },
            target: { name: "synced" },
            data: [{ secretKey: "PASSWORD", remoteRef: { key: "shop/dev/db", property: "password" } }],
        },
    },
    { ...opts, dependsOn: [account] },
);

export const secretName = secret.metadata.name;
export const accountId = account.id;
export const version = pulumi.output(secret.metadata.resourceVersion);
