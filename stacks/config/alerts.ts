import { hasTooManyReaders } from "../../components/audit/event-patterns";
import { secretVariables } from "../../components/delivery/variables";
import type { Platform } from "../../components/domain/catalogue";
import { Names, serviceAccountEmail } from "../../components/domain/names";
import type { Problems } from "../../components/domain/problems";
import { looksLikeSecret } from "../../components/domain/secret-shapes";
import { CI_NAMES } from "../../components/access/ci-pipeline";
import { deployerRoleArns } from "./key-use";
import { storedNameOf } from "./paths";
import { pipelinesOf, sharedNames } from "./pipelines";
import type { PlatformConfig, StackConfig } from "./schema";

/** `strongroom-prod`: what the resources that platforms share are called. */
export const sharedName = (environment: string): string => `strongroom-${environment}`;

const ROLE = /^arn:aws:iam::(\d{12}):role\/\S+$/;
const SERVICE_ACCOUNT = /^[^\s@]+@[^\s@]+\.gserviceaccount\.com$/;

/** The role of those who run `pulumi up` by hand. */
export const deployersByHand = ({ aws }: StackConfig): string[] =>
    aws?.deployerRoleArn === undefined ? [] : [aws.deployerRoleArn];

/** Roles of whoever runs `pulumi up`, by hand and in the pipeline. */
export const deployersOf = (config: StackConfig): string[] =>
    config.aws === undefined ? [] : deployerRoleArns(config, config.aws);

export const awsExpected = ({ alerts }: StackConfig): string[] =>
    alerts.expected.filter((each) => ROLE.test(each));

/** The pipeline reads back what it has written. */
export const gcpExpected = (config: StackConfig): string[] => [
    ...config.alerts.expected.filter((each) => SERVICE_ACCOUNT.test(each)),
    ...(config.gcp === undefined || pipelinesOf(config).length === 0
        ? []
        : [serviceAccountEmail(sharedNames(config.environment), CI_NAMES.deploy, config.gcp.project)]),
];

/** Who is told, and who is expected, as far as this environment has to do with it. */
export function checkAlerts({ aws, gcp, alerts }: StackConfig, problems: Problems): void {
    const place = "strongroom:alerts";
    const { emails, https, expected } = alerts;
    if (aws === undefined && gcp === undefined && emails.length + https.length + expected.length > 0) {
        const message = "nothing would send an alert: the environment has neither AWS nor GCP";
        problems.add(place, message, "Remove it; Vault's and the clusters' records are collected from them");
    }
    for (const [at, address] of https.entries()) {
        if (!looksLikeSecret(address.slice(address.lastIndexOf("/") + 1))) continue;
        problems.add(
            `${place}.https[${String(at)}]`,
            "it looks as if it held a token",
            "Use an e-mail address",
        );
    }
    for (const [at, principal] of expected.entries()) {
        const where = `${place}.expected[${String(at)}]`;
        const account = ROLE.exec(principal)?.[1];
        if (account === undefined && !SERVICE_ACCOUNT.test(principal)) {
            const fix =
                "Write 'arn:aws:iam::<account>:role/<name>' or '<name>@<project>.iam.gserviceaccount.com'";
            problems.add(where, "it is neither a role nor a service account", fix);
        } else if (account !== undefined && account !== aws?.accountId) {
            problems.add(where, "the role is in another account", "Name one of this environment's account");
        } else if (account === undefined && gcp === undefined) {
            problems.add(where, "the environment has no GCP", "Remove it, or add 'strongroom:gcp'");
        }
    }
}

/** EventBridge's limit on the name of a rule (EventBridge API, PutRule). */
const RULE_CHARS_MAX = 64;

/** Whether the alerts of a platform on AWS can be written: the names of their rules, and who reads one document. */
export function checkAlertedReads(
    platform: Platform,
    platformConfig: PlatformConfig,
    config: StackConfig,
    problems: Problems,
): void {
    const { aws, environment } = config;
    const { secrets: store } = platformConfig;
    if (aws === undefined || (store !== "aws-secrets-manager" && store !== "aws-parameter-store")) return;
    const rule = `${sharedName(environment)}-read-${platform.name}-99`;
    if (rule.length > RULE_CHARS_MAX) {
        const message = `the rule '${rule}' has ${String(rule.length)} characters, and ${String(RULE_CHARS_MAX)} are allowed`;
        problems.add(platform.name, message, "Shorten the platform's or the environment's name");
    }
    const names = new Names(platform.name, environment);
    const consumers = Object.entries(platform.consumers).map(([name, consumer]) => ({
        arn: `arn:aws:iam::${aws.accountId}:role/${names.identity(name)}`,
        reads: secretVariables(platform, consumer, {}),
    }));
    const alsoExpected = [...deployersOf(config), ...awsExpected(config)];
    for (const document of Object.keys(platform.documents)) {
        const readers = consumers.filter(({ reads }) => reads[document] !== undefined).map(({ arn }) => arn);
        const stored = storedNameOf(document, platformConfig);
        const path = store === "aws-secrets-manager" ? names.document(stored) : names.parameter(stored);
        if (!hasTooManyReaders({ store, path, readers }, alsoExpected, aws)) continue;
        problems.add(
            `${platform.name}/${document}`,
            `${String(readers.length)} consumers read it, more than the alert on anybody else can name`,
            "Split the document, or let fewer consumers read it",
        );
    }
}
