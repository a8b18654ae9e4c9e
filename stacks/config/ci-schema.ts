import * as v from "valibot";

/** Who deploys by the identity of a pipeline's run: below `strongroom:ci`. */

const branch = v.optional(
    v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9](?:[\w.-]|\/(?!\/))*$/, "must be the name of a branch such as 'main'"),
    ),
    "main",
);
/** Whether the stack declares the account's record of the issuer, of which there is one an account. */
const awsProvider = v.optional(
    v.picklist(
        ["declared", "existing"],
        "must be 'declared', or 'existing' where the account has it already",
    ),
    "declared",
);

const github = v.strictObject({
    repository: v.pipe(
        v.string(),
        v.regex(/^[A-Za-z0-9-]+\/[\w.-]+$/, "must be a repository such as 'example-org/strongroom'"),
    ),
    /** The branch that deploys. */
    branch,
    /**
     * The environment of the repository that jobs deploy from.
     *
     * @default the stack's environment
     */
    environment: v.optional(
        v.pipe(v.string(), v.regex(/^[\w.-]+$/, "must be the name of an environment of the repository")),
    ),
    awsProvider,
});

const gitlab = v.strictObject({
    project: v.pipe(
        v.string(),
        v.regex(/^[\w.-]+(?:\/[\w.-]+)+$/, "must be a project such as 'example-org/strongroom'"),
    ),
    /** The protected branch that deploys. */
    branch,
    /** @default the stack's environment */
    environment: v.optional(
        v.pipe(v.string(), v.regex(/^[\w.-]+$/, "must be the name of an environment of the project")),
    ),
    awsProvider,
});

export const ciSchema = v.strictObject({
    github: v.optional(github),
    gitlab: v.optional(gitlab),
    /** An SNS topic of the account that the pipeline tells what it deployed. */
    topicArn: v.optional(
        v.pipe(
            v.string(),
            v.regex(/^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, "must be the ARN of an SNS topic"),
        ),
    ),
});

export type CiConfig = v.InferOutput<typeof ciSchema>;
