import { Provider } from "@pulumi/kubernetes/provider";
import { Role } from "@pulumi/kubernetes/rbac/v1";

/** A Role that reads every Secret of its namespace. */
new Role(
    "reader",
    {
        metadata: { name: "shop-prod-reader", namespace: "shop-prod" },
        rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
    },
    { provider: new Provider("cluster", { context: "prod" }) },
);
