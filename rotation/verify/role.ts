import { stringify } from "yaml";
import type { ExpectedConsumer } from "./expected";

/**
 * The rights that verify needs in a namespace, as a Role to apply. RBAC knows no right to the metadata of a Secret
 * alone, so whoever has this one could read its values too: verify does not.
 */
export function readerRole(namespace: string, consumers: readonly ExpectedConsumer[]): string {
    const own = consumers.filter((each) => each.namespace === namespace);
    const workloads = (kind: string): string[] =>
        own.flatMap(({ workload }) => (workload.kind === kind ? [workload.name] : []));
    const get = (apiGroup: string, resource: string, names: readonly string[]) =>
        names.length === 0
            ? []
            : [
                  {
                      apiGroups: [apiGroup],
                      resources: [resource],
                      resourceNames: [...new Set(names)].sort(),
                      verbs: ["get"],
                  },
              ];
    const list = (apiGroup: string, resource: string, isNeeded = true) =>
        isNeeded ? [{ apiGroups: [apiGroup], resources: [resource], verbs: ["list"] }] : [];
    const [deployments, sets, cronJobs] = [
        workloads("Deployment"),
        workloads("StatefulSet"),
        workloads("CronJob"),
    ];
    return stringify({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata: { name: "strongroom-verify", namespace },
        rules: [
            ...get(
                "external-secrets.io",
                "externalsecrets",
                own.flatMap(({ externalSecret }) => externalSecret ?? []),
            ),
            ...get(
                "",
                "secrets",
                own.map(({ secretName }) => secretName),
            ),
            ...list("", "pods"),
            ...list("apps", "replicasets", deployments.length > 0),
            ...get("apps", "deployments/scale", deployments),
            ...get("apps", "statefulsets/scale", sets),
            ...list("batch", "jobs", cronJobs.length > 0),
            ...get("batch", "cronjobs", cronJobs),
        ],
    });
}
