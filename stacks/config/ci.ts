import type { Catalogue } from "../../components/domain/catalogue";
import { poolId } from "../../components/domain/names";
import type { Problems } from "../../components/domain/problems";
import { rotatorNames } from "./access-keys";
import { sharedNames } from "./pipelines";
import type { StackConfig } from "./schema";

/** Workload identity pools (IAM API, projects.locations.workloadIdentityPools.create). */
const POOL_ID_CHARS_MAX = 32;

/** Who may deploy, by hand and by a pipeline. */
export function checkDeployers(config: StackConfig, catalogue: Catalogue, problems: Problems): void {
    const { aws, ci } = config;
    // What is no ARN at all, the schema has told.
    const inAccount = (arn: string): boolean => [undefined, aws?.accountId].includes(arn.split(":")[4]);
    if (aws?.deployerRoleArn !== undefined && !inAccount(aws.deployerRoleArn)) {
        const fix = `Name a role of the account ${aws.accountId}`;
        problems.add("strongroom:aws.deployerRoleArn", "the role is in another account", fix);
    }
    for (const [name, { operator }] of Object.entries(config.clusters)) {
        const place = `strongroom:clusters.${name}.operator.roleArn`;
        if (operator.roleArn === undefined || inAccount(operator.roleArn)) continue;
        if (aws === undefined) {
            problems.add(place, "the environment has no AWS account", "Remove it, or add 'strongroom:aws'");
        } else {
            problems.add(
                place,
                "the role is in another account",
                `Name a role of the account ${aws.accountId}`,
            );
        }
    }
    if (ci === undefined) return;
    if (ci.github === undefined && ci.gitlab === undefined) {
        problems.add("strongroom:ci", "it names no pipeline", "Add 'github' or 'gitlab', or remove it");
    }
    checkForges(config, problems);
    if (ci.topicArn !== undefined && !inAccount(ci.topicArn)) {
        const fix =
            aws === undefined ? "Remove it, or add 'strongroom:aws'" : `Name one of account ${aws.accountId}`;
        problems.add("strongroom:ci.topicArn", "the topic is not in the environment's account", fix);
    }
    if (aws !== undefined && aws.deployerRoleArn === undefined) {
        const keys = rotatorNames(config, catalogue).length > 0 ? ", nor create access keys" : "";
        problems.add(
            "strongroom:aws.deployerRoleArn",
            `it is missing: beside the pipeline nobody could write values${keys}`,
            "Name the role of those who run 'pulumi up' by hand",
        );
    }
    if (config.gcp !== undefined) checkPool(config.environment, problems);
}

/** An environment of the repository that is called like another one of ours would deploy this one. */
function checkForges({ environment, environments, ci }: StackConfig, problems: Problems): void {
    for (const forge of ["github", "gitlab"] as const) {
        const name = ci?.[forge]?.environment;
        const other = environments.find((each) => each !== environment && each === name);
        if (other === undefined) continue;
        const message = `runs for the environment '${other}' would deploy '${environment}'`;
        problems.add(`strongroom:ci.${forge}.environment`, message, `Name one for '${environment}' alone`);
    }
}

function checkPool(environment: string, problems: Problems): void {
    const id = poolId(sharedNames(environment));
    if (id.length <= POOL_ID_CHARS_MAX) return;
    const message = `the workload identity pool '${id}' has ${String(id.length)} characters, and ${String(POOL_ID_CHARS_MAX)} are allowed`;
    problems.add("strongroom:environment", message, "Shorten the environment's name");
}
