import type { Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import { formatReference } from "../../components/domain/references";
import type { StackConfig } from "../../stacks/config/schema";
import { storedNameOf } from "../../stacks/config/paths";

/** Where a store of one environment keeps a field, in the names that the stores give. */
export interface Whereabouts {
    /** `AWS Secrets Manager` */
    readonly store: string;
    /** The account, project or server, as people say it. */
    readonly system: string;
    /** The name of the document as the store's own API takes it. */
    readonly entry: string;
    /** Undefined where the field is no key of its own. */
    readonly reference: string | undefined;
    /** A command that writes the value to its standard output, without a line end; only ever read by another command. */
    readonly read: string | undefined;
}

export const STORE_TITLES = {
    "aws-secrets-manager": "AWS Secrets Manager",
    "aws-parameter-store": "AWS Parameter Store",
    "gcp-secret-manager": "GCP Secret Manager",
    vault: "Vault",
    kubernetes: "Kubernetes",
} as const;
type StoreKind = keyof typeof STORE_TITLES;

interface Located {
    readonly config: StackConfig;
    readonly documentName: string;
    readonly fieldName: string;
    readonly format: "json" | "text";
    readonly names: Names;
    readonly stored: string;
}

/** Where a field of a platform's document is. */
export function whereabouts(
    config: StackConfig,
    platform: Platform,
    documentName: string,
    fieldName: string,
): Whereabouts | undefined {
    const platformConfig = config.platforms[platform.name];
    if (platformConfig === undefined) return undefined;
    const names = new Names(platform.name, config.environment);
    const stored = storedNameOf(documentName, platformConfig);
    const format = platform.documents[documentName]?.format ?? "json";
    const located = { config, documentName, fieldName, format, names, stored };
    if (platformConfig.secrets !== "kubernetes") return inStore(platformConfig.secrets, located);
    const context = config.clusters[platformConfig.cluster]?.context ?? "";
    return inCluster(context, platform, located);
}

/** Where a field of a document that belongs to no platform is. */
export function inStore(kind: Exclude<StoreKind, "kubernetes">, located: Located): Whereabouts {
    const { config, fieldName, format, names, stored } = located;
    const store = STORE_TITLES[kind];
    const field = format === "text" ? {} : { field: fieldName };
    const ofJson =
        format === "text"
            ? ` | tr -d '\\n'`
            : ` | jq --exit-status --raw-output --join-output '."${fieldName}" // empty'`;
    const { accountId = "", region = "" } = config.aws ?? {};
    switch (kind) {
        case "aws-secrets-manager": {
            const entry = names.document(stored);
            return {
                store,
                system: `account ${accountId}, ${region}`,
                entry,
                reference: formatReference({ scheme: "aws-secrets", path: entry, ...field }),
                read: `aws secretsmanager get-secret-value --region ${region} --secret-id ${entry} --query SecretString --output text${ofJson}`,
            };
        }
        case "aws-parameter-store": {
            const entry = names.parameter(stored);
            return {
                store,
                system: `account ${accountId}, ${region}`,
                entry,
                reference: formatReference({ scheme: "aws-parameter", path: entry, ...field }),
                read: `aws ssm get-parameter --region ${region} --name ${entry} --with-decryption --query Parameter.Value --output text${ofJson}`,
            };
        }
        case "gcp-secret-manager": {
            const { project = "" } = config.gcp ?? {};
            const entry = names.secretId(stored);
            const path = `projects/${project}/secrets/${entry}`;
            return {
                store,
                system: `project ${project}`,
                entry,
                reference: formatReference({ scheme: "gcp-secrets", path, ...field }),
                read: `gcloud secrets versions access latest --project ${project} --secret ${entry}${ofJson}`,
            };
        }
        case "vault": {
            const { address = "", mount = "", namespace } = config.vault ?? {};
            const entry = names.document(stored);
            const inNamespace = namespace === undefined ? "" : ` -namespace=${namespace}`;
            return {
                store,
                system: `\`${address}\`, mount ${mount}`,
                entry,
                // An entry of KV version 2 always has fields, so a text is one as well.
                reference: formatReference({
                    scheme: "vault",
                    path: `${mount}/data/${entry}`,
                    field: fieldName,
                }),
                read: `vault kv get -address=${address}${inNamespace} -mount=${mount} -field=${fieldName} ${entry}`,
            };
        }
    }
}

/** The Secret of the first consumer that reads the field, and the key in it. */
function inCluster(context: string, platform: Platform, located: Located): Whereabouts {
    const { names, documentName, fieldName } = located;
    const variable = platform.documents[documentName]?.fields[fieldName]?.variable;
    const reader = Object.values(platform.consumers).find(
        ({ reads }) => variable !== undefined && reads.includes(variable),
    );
    const common = {
        store: STORE_TITLES.kubernetes,
        system: `cluster ${context}`,
        entry: `namespace ${names.namespace}`,
    };
    if (reader === undefined || variable === undefined) {
        return { ...common, reference: undefined, read: undefined };
    }
    const path = `${names.namespace}/${reader.secretName}`;
    return {
        ...common,
        reference: formatReference({ scheme: "kubernetes", path, field: variable }),
        read: secretKey(context, names.namespace, reader.secretName, variable),
    };
}

/** A command that writes one key of a Secret to its standard output. */
export function secretKey(context: string, namespace: string, secret: string, key: string): string {
    return `kubectl --context ${context} --namespace ${namespace} get secret ${secret} --output go-template='{{index .data "${key}" | base64decode}}'`;
}
