import { Secret } from "@pulumi/kubernetes/core/v1";
import { Provider } from "@pulumi/kubernetes/provider";
import { Role, RoleBinding } from "@pulumi/kubernetes/rbac/v1";

/** A Secret that a whole group reads, and no document or consumer says so. */
const provider = new Provider("cluster", { context: "prod" });
const metadata = { name: "shop-prod-reader", namespace: "shop-prod" };
new Secret("db", { metadata: { name: "db", namespace: "shop-prod" } }, { provider });
new Role(
    "reader",
    { metadata, rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["db"], verbs: ["get"] }] },
    { provider },
);
new RoleBinding(
    "reader",
    {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "shop-prod-reader" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "developers" }],
    },
    { provider },
);
