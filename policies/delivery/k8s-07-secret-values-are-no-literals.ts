import { ORIGIN } from "../../components/domain/ownership";
import { looksLikeSecret } from "../../components/domain/secret-shapes";
import type { Property } from "../reading/property";
import { canonicalType } from "../reading/types";
import { assignsSecret, isSecretField } from "../reading/weak-values";
import {
    listSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type Settings,
    type StackRule,
} from "../rule";

const SECRET = "kubernetes:core:Secret";
const CONFIG_MAP = "kubernetes:core:ConfigMap";

/**
 * A value that is written into a program is in its repository, and everybody's who reads that. Where a Secret's values
 * come from tells it: the component that delivers documents writes drawn and configured values, and says which
 * documents; any other Secret has to be computed from resources that make values, one for each key, since what a single
 * key was computed from is not known. A ConfigMap holds no secret, neither by the name of a key, nor by the look of a
 * value, nor by where one comes from.
 *
 * It needs the whole stack, and reads no value of a Secret, so that a preview decides as the update does; a value of a
 * ConfigMap has to be known. Not seen: a secret in a ConfigMap that looks like none, under a name that says nothing.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "K8S-07",
    name: "k8s-07-secret-values-are-no-literals",
    description: "Secrets hold drawn or configured values, no literals, and ConfigMaps hold no secrets.",
    severity: "high",
    remediationSteps: "Declare the value as a field of a document, and have its consumer read that.",
    url: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    peers: ["Trivy", "Polaris"],
    exemptible: false,
    settings: {
        deliveringComponents: {
            type: "array",
            items: { type: "string" },
            default: ["strongroom:delivery:Consumer"],
            description: "Components that write values of documents into Secrets.",
        },
        valueSources: {
            type: "array",
            items: { type: "string" },
            default: [
                "random:index/randomPassword:RandomPassword",
                "tls:index/privateKey:PrivateKey",
                "aws:iam/accessKey:AccessKey",
                "aws:secretsmanager/secretVersion:SecretVersion",
                "gcp:serviceaccount/key:Key",
                "gcp:secretmanager/secretVersion:SecretVersion",
                "vault:kv/secretV2:SecretV2",
                "kubernetes:core:Secret",
            ],
            description: "Resources that make secret values; of Kubernetes without the version.",
        },
    },
    types: new Set([SECRET, CONFIG_MAP]),
    check: (resource, _stack, { settings }: Context) =>
        resource.type === SECRET ? checkSecret(resource, settings) : checkConfigMap(resource, settings),
};

function checkSecret(secret: CheckedInStack, settings: Settings): Finding[] {
    const { parentType, props } = secret;
    if (parentType === undefined || !listSetting(settings, "deliveringComponents").includes(parentType))
        return ["data", "stringData"].flatMap((key) => checkValues(secret, key, settings));
    const documents = props.at("metadata", "annotations", `${ORIGIN}/documents`);
    if (!documents.isUnknown && documents.text()) return [];
    return [
        violation(
            documents,
            "does not say which documents the values are of",
            "Annotate the Secret with the documents that it delivers",
        ),
    ];
}

function checkValues(secret: CheckedInStack, key: string, settings: Settings): Finding[] {
    const values = secret.props.at(key);
    const sources = secret.dependencyTypes(key).map(canonicalType);
    if (isUndeclared(values, sources)) return [];
    const fix = "Declare the value as a field of a document, and have a consumer read it";
    if (sources.length === 0)
        return values.entries().map(({ property }) => violation(property, "stands in the program", fix));
    const known = listSetting(settings, "valueSources");
    if (!sources.every((source) => known.includes(source)))
        return [violation(values, "is computed from what makes no secret values", fix)];
    if (values.isUnknown || values.entries().length <= sources.length) return [];
    return [violation(values, "has more keys than sources, so one may stand in the program", fix)];
}

/** Absent, or an output of the provider: what the program computes has a source. */
function isUndeclared(values: Property, sources: readonly string[]): boolean {
    return values.isUnknown ? sources.length === 0 : values.isAbsent;
}

function checkConfigMap(map: CheckedInStack, settings: Settings): Finding[] {
    const known = listSetting(settings, "valueSources");
    const fix = "Deliver it as a Secret";
    return ["data", "binaryData"].flatMap((key) => {
        const values = map.props.at(key);
        const sources = map.dependencyTypes(key).map(canonicalType);
        if (isUndeclared(values, sources)) return [];
        if (sources.some((source) => known.includes(source)))
            return [violation(values, "is computed from a secret value", fix)];
        if (values.isUnknown)
            return [violation(values, "is computed as a whole, so nobody can tell what is in it", fix)];
        return values.entries().flatMap((entry) => {
            if (isSecretField(entry.key)) return [violation(entry.property, "has the name of a secret", fix)];
            if (entry.property.isUnknown)
                return [
                    violation(entry.property, "is not known, so nobody can tell whether it is a secret", fix),
                ];
            return holdsSecret(entry.property, key === "binaryData")
                ? [violation(entry.property, "looks like a secret, or assigns one", fix)]
                : [];
        });
    });
}

function holdsSecret(value: Property, isEncoded: boolean): boolean {
    const text = value.text();
    if (text === undefined) return false;
    const plain = isEncoded ? Buffer.from(text, "base64").toString("utf8") : text;
    return looksLikeSecret(plain) || assignsSecret(plain);
}
