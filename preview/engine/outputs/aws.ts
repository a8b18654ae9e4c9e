import { Unknown } from "../values";
import {
    known,
    mapText,
    merged,
    standIn,
    standInUuid,
    type Compute,
    type CreateContext,
    type Text,
} from "./context";

/**
 * ARNs as the AWS Service Authorization Reference gives them for each service, "Resource types defined by …", and ids
 * as the provider's import documentation has them.
 */
function region(context: CreateContext): Text {
    const own = context.text("region");
    return own instanceof Unknown ? context.providerText("region") : own;
}

/** The one account that the provider may touch: with none or several it can't be told which it is. */
function account(context: CreateContext): Text {
    const allowed = context.providerJson("allowedAccountIds");
    return Array.isArray(allowed) && allowed.length === 1 ? String(allowed[0]) : Unknown.value;
}

function partition(context: CreateContext): Text {
    return mapText(region(context), (name) =>
        name.startsWith("cn-") ? "aws-cn" : name.startsWith("us-gov-") ? "aws-us-gov" : "aws",
    );
}

/** An ARN of a regional service; `rest` begins after the account. */
function arn(context: CreateContext, service: string, rest: Text): Text {
    return known`arn:${partition(context)}:${service}:${region(context)}:${account(context)}:${rest}`;
}

/** An ARN of IAM, which has no region. */
function iamArn(context: CreateContext, rest: Text): Text {
    return known`arn:${partition(context)}:iam::${account(context)}:${rest}`;
}

/** @see AWS Resource Groups, tags of the provider's `defaultTags` and of the resource itself. */
function tags(context: CreateContext): { tagsAll: ReturnType<typeof merged> } {
    const defaults = context.providerJson("defaultTags") as { tags?: object } | undefined;
    return { tagsAll: merged(defaults?.tags, context.inputs["tags"]) };
}

function named(service: string, resource: (name: Text) => Text, id: "name" | "arn"): Compute {
    return (context) => {
        const name = context.text("name");
        const own = arn(context, service, resource(name));
        return { id: id === "arn" ? own : name, name, arn: own, ...tags(context) };
    };
}

function iamNamed(kind: "role" | "policy" | "user", id: "name" | "arn"): Compute {
    return (context) => {
        const name = context.text("name");
        const path = context.text("path", "/");
        const own = iamArn(context, known`${kind}${path}${name}`);
        return { id: id === "arn" ? own : name, name, path, arn: own, ...tags(context) };
    };
}

export const aws: Readonly<Record<string, Compute>> = {
    // Service Authorization Reference, AWS Secrets Manager, which adds "-" and six characters. Import by ARN
    "aws:secretsmanager/secret:Secret": (context) => {
        const name = context.text("name");
        const suffix = mapText(name, (text) => standIn(`${context.urn} ${text}`, 6));
        const own = arn(context, "secretsmanager", known`secret:${name}-${suffix}`);
        return { id: own, arn: own, name, ...tags(context) };
    },
    // Pulumi registry, aws.secretsmanager.SecretVersion, "Outputs": the ARN is that of the secret
    "aws:secretsmanager/secretVersion:SecretVersion": (context) => ({ arn: context.text("secretId") }),
    // Pulumi registry, aws.secretsmanager.SecretPolicy, "Import": by the secret's ARN
    "aws:secretsmanager/secretPolicy:SecretPolicy": (context) => ({ id: context.text("secretArn") }),
    // Pulumi registry, aws.secretsmanager.SecretRotation, "Import": by the secret's ARN
    "aws:secretsmanager/secretRotation:SecretRotation": (context) => ({ id: context.text("secretId") }),
    // Service Authorization Reference, AWS Systems Manager. Import by name
    "aws:ssm/parameter:Parameter": (context) => {
        const name = context.text("name");
        const path = mapText(name, (text) => (text.startsWith("/") ? text : `/${text}`));
        return { id: name, name, arn: arn(context, "ssm", known`parameter${path}`), ...tags(context) };
    },
    // Service Authorization Reference, AWS KMS. Import by id
    "aws:kms/key:Key": (context) => {
        const keyId = standInUuid(context.urn);
        return { id: keyId, keyId, arn: arn(context, "kms", known`key/${keyId}`), ...tags(context) };
    },
    // AWS KMS Developer Guide, "Multi-Region keys": a replica has the id of its primary, in another region
    "aws:kms/replicaKey:ReplicaKey": (context) => {
        const keyId = mapText(context.text("primaryKeyArn"), (text) => text.slice(text.lastIndexOf("/") + 1));
        return { id: keyId, keyId, arn: arn(context, "kms", known`key/${keyId}`), ...tags(context) };
    },
    // Service Authorization Reference, AWS KMS. Import by name
    "aws:kms/alias:Alias": (context) => {
        const name = context.text("name");
        const target = context.text("targetKeyId");
        const targetKeyArn = mapText(target, (key) =>
            key.startsWith("arn:") ? key : arn(context, "kms", known`key/${key}`),
        );
        return { id: name, name, arn: arn(context, "kms", name), targetKeyArn };
    },
    // Service Authorization Reference, AWS IAM. Import by name
    "aws:iam/role:Role": iamNamed("role", "name"),
    // Service Authorization Reference, AWS IAM. Import by ARN
    "aws:iam/policy:Policy": iamNamed("policy", "arn"),
    // Service Authorization Reference, AWS IAM. Import by name
    "aws:iam/user:User": iamNamed("user", "name"),
    // Pulumi registry, aws.iam.RolePolicy, "Import": role and name
    "aws:iam/rolePolicy:RolePolicy": (context) => {
        const name = context.text("name");
        return { id: known`${context.text("role")}:${name}`, name };
    },
    // Pulumi registry, aws.iam.RolePolicyAttachment, "Import": role and ARN
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (context) => ({
        id: known`${context.text("role")}/${context.text("policyArn")}`,
    }),
    // Service Authorization Reference, AWS IAM. Import by ARN
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (context) => {
        const host = mapText(context.text("url"), (url) => url.replace(/^https:\/\//, ""));
        const own = iamArn(context, known`oidc-provider/${host}`);
        return { id: own, arn: own, ...tags(context) };
    },
    // Service Authorization Reference, AWS CloudTrail. Import by ARN
    "aws:cloudtrail/trail:Trail": named("cloudtrail", (name) => known`trail/${name}`, "arn"),
    // Service Authorization Reference, Amazon CloudWatch Logs. Import by name
    "aws:cloudwatch/logGroup:LogGroup": named("logs", (name) => known`log-group:${name}`, "name"),
    // Service Authorization Reference, Amazon CloudWatch. Import by name
    "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", (name) => known`alarm:${name}`, "name"),
    // Service Authorization Reference, Amazon EventBridge, on the default bus. Import by name
    "aws:cloudwatch/eventRule:EventRule": named("events", (name) => known`rule/${name}`, "name"),
    // Service Authorization Reference, Amazon SNS. Import by ARN
    "aws:sns/topic:Topic": named("sns", (name) => name, "arn"),
    // Service Authorization Reference, Amazon S3. Import by name
    "aws:s3/bucket:Bucket": (context) => {
        const bucket = context.text("bucket");
        return { id: bucket, bucket, arn: known`arn:${partition(context)}:s3:::${bucket}`, ...tags(context) };
    },
};
