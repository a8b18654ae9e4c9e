import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as pulumi from "@pulumi/pulumi";
import { tagsOf } from "../domain/ownership";
import type { Ownership } from "../domain/ownership";
import { CI_NAMES } from "./ci-pipeline";
import type { Pipeline, PipelineRun } from "./ci-pipeline";
import { deployerKeyStatement, deployerStatements, previewStatements } from "./ci-aws-policies";
import type { DeployerScope } from "./ci-aws-policies";
import { policyDocument, policyDocuments } from "./policy-documents";

export interface AwsCiArgs {
    /** `strongroom-prod`: what the names begin with. */
    readonly name: string;
    readonly accountId: string;
    readonly ownership: Ownership;
    readonly pipelines: readonly AwsPipeline[];
    readonly provider: pulumi.ProviderResource;
}

export type AwsPipeline = Pipeline & {
    /** False where the account has the issuer already, e.g. from another project. */
    readonly declaresProvider: boolean;
};

/** The roles of the pipelines in one account. What `deploy` may do is granted once it is known what there is. */
export interface AwsCi {
    readonly deploy: Role;
}

/**
 * Two roles that runs of a pipeline assume by their own tokens. `ci-preview` sees which secrets there are and how old
 * they are; it can neither read nor decrypt, and its permissions boundary keeps that so whatever somebody attaches.
 */
export function declareAwsCi(args: AwsCiArgs, opts: pulumi.ComponentResourceOptions): AwsCi {
    const { name, accountId, ownership, pipelines } = args;
    const own = { ...opts, provider: args.provider };
    const tags = tagsOf({ ...ownership, class: "access" });
    const issuers = pipelines
        .filter(({ declaresProvider }) => declaresProvider)
        .map(
            ({ forge, issuer }) =>
                new OpenIdConnectProvider(
                    `${name}-${forge}`,
                    { url: `https://${issuer}`, clientIdLists: ["sts.amazonaws.com"], tags },
                    own,
                ),
        );
    const role = (
        kind: keyof typeof CI_NAMES,
        description: string,
        more: { readonly permissionsBoundary?: pulumi.Input<string>; readonly tags: Record<string, string> },
    ): Role => {
        const roleName = `${name}-${CI_NAMES[kind]}`;
        return new Role(
            roleName,
            {
                name: roleName,
                description,
                assumeRolePolicy: trustPolicy(accountId, pipelines, kind),
                maxSessionDuration: 3600,
                ...more,
            },
            { ...own, dependsOn: issuers },
        );
    };

    const looks = policyDocument(previewStatements());
    const boundaryName = `${name}-${CI_NAMES.preview}-boundary`;
    const boundary = new Policy(
        boundaryName,
        {
            name: boundaryName,
            description: `The most that ${name}-${CI_NAMES.preview} may ever do`,
            policy: looks,
            tags,
        },
        own,
    );
    const preview = role(
        "preview",
        `Looks at the names and ages of the secrets of ${ownership.environment}`,
        {
            permissionsBoundary: boundary.arn,
            tags,
        },
    );
    new RolePolicy(
        `${name}-${CI_NAMES.preview}-look`,
        { name: "look", role: preview.name, policy: looks },
        own,
    );
    const deploy = role("deploy", `Deploys rotations of ${ownership.environment}`, {
        tags: tagsOf({ ...ownership, class: "operator" }),
    });
    return { deploy };
}

export interface DeployerArgs extends Pick<AwsCiArgs, "name" | "ownership" | "provider"> {
    readonly role: Role;
    readonly scope: DeployerScope;
    /** The environment's key, and its replica where there is one. */
    readonly keyArns: readonly pulumi.Input<string>[];
}

/** What a rotation takes, and no more: as many policies as the named secrets fill. */
export function grantAwsDeployer(args: DeployerArgs, opts: pulumi.ComponentResourceOptions): void {
    const { name, ownership, role, scope, keyArns, provider } = args;
    const own = { ...opts, provider };
    const tags = tagsOf({ ...ownership, class: "access" });
    const attach = (part: string, description: string, policy: pulumi.Input<string>): void => {
        const policyName = `${name}-${CI_NAMES.deploy}-${part}`;
        const declared = new Policy(policyName, { name: policyName, description, policy, tags }, own);
        new RolePolicyAttachment(policyName, { role: role.name, policyArn: declared.arn }, own);
    };
    policyDocuments(deployerStatements(scope)).forEach((document, index) => {
        attach(String(index + 1), `What deploying rotations takes, part ${String(index + 1)}`, document);
    });
    if (scope.secretArns.length + scope.parameterArns.length === 0) return;
    // A policy of its own: the ARN of a key is unknown until it exists, and would hide the rest from a preview.
    const keyPolicy = pulumi
        .all([...keyArns])
        .apply((arns) => policyDocument([deployerKeyStatement(scope, arns)]));
    attach("key", "Encrypts and decrypts through the stores", keyPolicy);
}

function trustPolicy(accountId: string, pipelines: readonly Pipeline[], kind: keyof typeof CI_NAMES): string {
    return policyDocument(pipelines.map((pipeline) => trustStatement(accountId, pipeline, pipeline[kind])));
}

function trustStatement(accountId: string, { forge, issuer }: Pipeline, { subjects }: PipelineRun): object {
    const [only, ...others] = subjects;
    return {
        Sid: forge === "github" ? "AssumedByGithub" : "AssumedByGitlab",
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${issuer}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
            StringEquals: {
                [`${issuer}:aud`]: "sts.amazonaws.com",
                [`${issuer}:sub`]: others.length === 0 ? only : subjects,
            },
        },
    };
}
