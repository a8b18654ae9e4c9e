import { Secret, Unknown } from "../../preview/engine/values";
import type { PropertyMap, PropertyValue } from "../../preview/engine/values";
import type { RenderedResource, Rendering } from "../../preview/rendering";

/**
 * Type tokens by the resource types of Terraform's providers, from which Pulumi's are made: the names that linters know.
 * Those whose name is not that of module and resource in snake case.
 */
const SPECIAL: Readonly<Record<string, string>> = {
    "aws:cloudwatch/eventRule:EventRule": "aws_cloudwatch_event_rule",
    "aws:cloudwatch/eventTarget:EventTarget": "aws_cloudwatch_event_target",
    "aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "aws_cloudwatch_metric_alarm",
    "aws:cloudtrail/trail:Trail": "aws_cloudtrail",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "aws_iam_openid_connect_provider",
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": "google_iam_workload_identity_pool",
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider":
        "google_iam_workload_identity_pool_provider",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": "google_kms_crypto_key_iam_member",
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": "google_project_iam_audit_config",
    "gcp:projects/iAMCustomRole:IAMCustomRole": "google_project_iam_custom_role",
    "gcp:projects/iAMMember:IAMMember": "google_project_iam_member",
    "gcp:projects/serviceIdentity:ServiceIdentity": "google_project_service_identity",
    "gcp:pubsub/topicIAMMember:TopicIAMMember": "google_pubsub_topic_iam_member",
    "gcp:serviceaccount/account:Account": "google_service_account",
    "gcp:serviceaccount/iAMMember:IAMMember": "google_service_account_iam_member",
};

/** Modules whose name in Terraform differs. */
const MODULES: Readonly<Record<string, string>> = {
    s3: "s3",
    secretmanager: "secret_manager",
    secretsmanager: "secretsmanager",
};

/** Properties that are maps of people's own keys, and no blocks. */
const MAPS = new Set(["tags", "labels", "annotations", "dimensions", "user_labels", "attribute_mapping"]);

/**
 * What a stack declares at AWS and Google Cloud, in the form in which `terraform show -json` tells a plan: linters read
 * it, and few read Pulumi's. It is one level of translation away from what they would see in a cloud; a value that is not
 * known, or secret, is left out.
 *
 * @see Terraform, "JSON Output Format": values representation
 */
export function terraformPlan({ resources }: Rendering): object {
    const own = resources.filter(({ custom, read, type }) => custom && !read && /^(?:aws|gcp):/.test(type));
    return {
        format_version: "1.2",
        terraform_version: "1.9.0",
        planned_values: { root_module: { resources: own.map(planned) } },
        resource_changes: own.map((each) => {
            const { address, mode, type, name, provider_name, values } = planned(each);
            const change = { actions: ["create"], before: null, after: values, after_unknown: {} };
            return { address, mode, type, name, provider_name, change };
        }),
        configuration: { root_module: { resources: own.map((each) => references(each, own)) } },
    };
}

/** Which property is made of which other resource: what belongs together, for a linter. */
function references(resource: RenderedResource, all: readonly RenderedResource[]): object {
    const { address, mode, type, name } = planned(resource);
    const expressions = Object.entries(resource.propertyDependencies).flatMap(([property, urns]) => {
        const others = all.filter(({ urn }) => urns.includes(urn)).map((other) => planned(other).address);
        return others.length === 0 || resource.inputs[property] === undefined
            ? []
            : [[snake(property), { references: others.flatMap((other) => [`${other}.id`, other]) }]];
    });
    return { address, mode, type, name, expressions: Object.fromEntries(expressions) as object };
}

function planned(resource: RenderedResource) {
    const type = terraformType(resource.type);
    const name = resource.name.replace(/[^A-Za-z0-9_-]/gu, "_");
    const [cloud = ""] = type.split("_");
    return {
        address: `${type}.${name}`,
        mode: "managed",
        type,
        name,
        provider_name: `registry.terraform.io/hashicorp/${cloud}`,
        schema_version: 0,
        values: block({ ...resource.outputs, ...resource.inputs }, resource.outputs),
    };
}

/** `aws_secretsmanager_secret` of `aws:secretsmanager/secret:Secret` */
export function terraformType(token: string): string {
    const special = SPECIAL[token];
    if (special !== undefined) return special;
    const [cloud = "", place = "", kind = ""] = token.split(":");
    const [module = ""] = place.split("/");
    const provider = cloud === "gcp" ? "google" : cloud;
    return `${provider}_${MODULES[module] ?? module}_${snake(kind)}`;
}

function snake(name: string): string {
    return name.replace(/(?<=[a-z0-9])[A-Z]|(?<!^)[A-Z](?=[a-z])/gu, (letter) => `_${letter}`).toLowerCase();
}

/** An object of properties; where an input is not known, what the preview says it will be. */
function block(inputs: PropertyMap, outputs: PropertyMap = {}): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(inputs).flatMap(([key, value]) => {
            const known = value instanceof Unknown ? (outputs[key] ?? value) : value;
            if (known === null || known instanceof Unknown || known instanceof Secret) return [];
            const name = snake(key);
            if (MAPS.has(name)) return [[name, known]];
            return [[isBlocks(known) ? singular(name) : name, translated(known)]];
        }),
    );
}

/** A nested block is a list of one. */
function translated(value: PropertyValue): unknown {
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).map((each) => element(each));
    return isBlock(value) ? [block(value)] : value;
}

/** Terraform repeats a block where Pulumi has a list, whose name is the plural. */
const singular = (name: string): string => name.replace(/ies$/u, "y").replace(/(?<!s)s$/u, "");
const isBlocks = (value: PropertyValue): boolean =>
    Array.isArray(value) && value.length > 0 && (value as readonly PropertyValue[]).every(isBlock);
const element = (value: PropertyValue): unknown => (isBlock(value) ? block(value) : value);
const isBlock = (value: PropertyValue): value is PropertyMap =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype;
