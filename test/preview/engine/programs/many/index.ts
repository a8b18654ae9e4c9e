import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1";

const count = new pulumi.Config().requireNumber("count");
for (let i = 0; i < count; i++) {
    const name = `settings-${String(i)}`;
    new ConfigMap(name, {
        metadata: { name, namespace: "many", labels: { index: String(i) } },
        data: { key: "value" },
    });
}
