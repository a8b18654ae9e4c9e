import { code, markdownList as list } from "../../components/domain/markdown";
import type { RotatingStack } from "../stack";
import { block } from "./markdown";
import { STORE_TITLES } from "./store-names";
import type { Subject } from "./subject";

/** How to see who read a value, in each store that some environment uses; nothing of it prints one. */
export function audits(stacks: readonly RotatingStack[], subjects: readonly Subject[]): string[] {
    const stores = new Set(subjects.flatMap(({ places }) => places.map(({ at }) => at.store)));
    return [
        "Look for readers other than the ones on the page, and for a place or a time that is not theirs. The issuer's own log shows what was done with a value that was issued elsewhere.",
        ...stacks.flatMap((stack) => inStack(stack)),
        list([
            ...(stores.has(STORE_TITLES.vault)
                ? ["Vault: the log of its audit device, by the path of the entry. Values in it are hashed."]
                : []),
            ...(stores.has(STORE_TITLES.kubernetes)
                ? [
                      `Kubernetes: the audit log of the API server, for the verbs ${code("get")}, ${code("list")} and ${code("watch")} on ${code("secrets")} of the namespace.`,
                  ]
                : []),
            `The repository: ${code("git log --patch -- ledger")} shows each step, and who took it.`,
        ]),
    ];
}

function inStack({ stack, config: { aws, gcp } }: RotatingStack): string[] {
    return [
        ...(aws === undefined
            ? []
            : [
                  `In ${stack}, AWS: who read which entry, in the last 90 days.`,
                  block([
                      `aws cloudtrail lookup-events --region ${aws.region} --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue --query 'Events[].[EventTime,Username,Resources[0].ResourceName]' --output table`,
                  ]),
              ]),
        ...(gcp === undefined
            ? []
            : [
                  `In ${stack}, GCP: who read which entry, in the last 30 days, where audit logs of data access are on.`,
                  block([
                      `gcloud logging read 'protoPayload.methodName:"AccessSecretVersion"' --project ${gcp.project} --freshness 30d --format 'table(timestamp,protoPayload.authenticationInfo.principalEmail,protoPayload.resourceName)'`,
                  ]),
              ]),
    ];
}
