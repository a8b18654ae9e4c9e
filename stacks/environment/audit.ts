import { ageAlarmName, declareAwsAgeAlarms } from "../../components/audit/aws-age-alarms";
import { ageLimits } from "../../components/domain/rotation/ages";
import { declareAwsAlerts } from "../../components/audit/aws-alerts";
import { declareAwsTrail } from "../../components/audit/aws-trail";
import { declareGcpAudit } from "../../components/audit/gcp-audit";
import { declareVaultAudit } from "../../components/audit/vault-audit";
import type { GuardedDocument } from "../../components/audit/event-patterns";
import { ETCD_FIELD, ETCD_ROTATION } from "../../components/domain/encryption-key";
import { ledgerFields } from "../../components/domain/rotation/ledger";
import type { Catalogue } from "../../components/domain/catalogue";
import type { RotatingField } from "../../components/domain/rotation/due";
import type { Ledger } from "../../components/domain/rotation/stages";
import { awsExpected, deployersByHand, deployersOf, gcpExpected, sharedName } from "../config/alerts";
import type { StackConfig } from "../config/schema";
import type { Platform, ReadDocument } from "./platform";
import type { Aws, Gcp, Systems } from "./systems";
import { auditOwnership } from "./systems";

export interface AuditArgs {
    readonly config: StackConfig;
    readonly catalogue: Catalogue;
    readonly ledger: Ledger;
    readonly systems: Systems;
    /** By name. */
    readonly platforms: Readonly<Record<string, Platform>>;
}

/** The record of what happens to secrets, and who is told what should not have happened; only of what is used. */
export function declareAudit(args: AuditArgs): void {
    const { config, systems } = args;
    const { aws, gcp, vault } = systems;
    if (aws !== undefined) declareAws(aws, args);
    if (gcp !== undefined) declareGcp(gcp, args);
    if (vault !== undefined) {
        const { provider, config: vaultConfig } = vault;
        const { protect, environment } = config;
        declareVaultAudit(
            sharedName(environment),
            { file: vaultConfig.auditFile, provider, protect },
            { dependsOn: [vault.mounted] },
        );
    }
}

function declareAws(aws: Aws, { config, catalogue, ledger, platforms }: AuditArgs): void {
    const { environment, protect, alerts } = config;
    const { provider, auditKey } = aws;
    const { accountId, region, retentionDays } = aws.config;
    const name = sharedName(environment);
    const shared = { accountId, region, ownership: auditOwnership(environment), protect };
    const logGroup = declareAwsTrail(
        name,
        { ...shared, retentionDays, kmsKeyArn: auditKey.arn, provider },
        {},
    );
    const documents = guardedDocuments(config, platforms);
    const alerting = {
        ...shared,
        subscribers: alerts,
        deployers: deployersOf(config),
        expected: awsExpected(config),
    };
    const topic = declareAwsAlerts(name, { ...alerting, documents, kmsKeyArn: auditKey.arn, provider }, {});
    if (aws.replica !== undefined && auditKey.replicaArn !== undefined) {
        // Grants name the secrets of the first region: a replica is for the day on which it is promoted.
        const replicated = Object.entries(documents).map(([platform, own]) => [
            platform,
            own
                .filter(({ store }) => store === "aws-secrets-manager")
                .map((document) => ({ ...document, readers: [] })),
        ]);
        declareAwsAlerts(
            name,
            {
                ...alerting,
                // The pipeline is granted the secrets of the first region as well.
                deployers: deployersByHand(config),
                region: aws.replica.region,
                documents: Object.fromEntries(replicated) as typeof documents,
                kmsKeyArn: auditKey.replicaArn,
                provider: aws.replica.provider,
            },
            {},
        );
    }
    const limits = ageLimits(agingFields(config, catalogue), ledger);
    const ownership = shared.ownership;
    declareAwsAgeAlarms(name, { limits, logGroup, topicArn: topic.arn, ownership, provider }, {});
}

/** What the alarms on ages are called: each step of a rotation changes one. */
export const ageAlarmNames = ({
    config,
    catalogue,
    ledger,
}: Pick<AuditArgs, "config" | "catalogue" | "ledger">): string[] =>
    ageLimits(agingFields(config, catalogue), ledger).map((limit) =>
        ageAlarmName(sharedName(config.environment), limit),
    );

function declareGcp({ config: gcp, provider, notices }: Gcp, { config, platforms }: AuditArgs): void {
    const { environment, alerts } = config;
    const secrets = Object.entries(platforms).flatMap(([platform, { documents, store }]) =>
        store === "gcp-secret-manager"
            ? [[platform, documents.map((each) => guardedSecret(each, gcp.project))] as const]
            : [],
    );
    declareGcpAudit(
        sharedName(environment),
        {
            project: gcp.project,
            ownership: auditOwnership(environment),
            subscribers: alerts,
            secrets: Object.fromEntries(secrets),
            expected: gcpExpected(config),
            rotationTopic: notices?.topic,
            provider,
        },
        {},
    );
}

function guardedDocuments(
    { aws }: StackConfig,
    platforms: AuditArgs["platforms"],
): Record<string, GuardedDocument[]> {
    const guarded = Object.entries(platforms).flatMap(([name, { documents, store }]) => {
        if (store !== "aws-secrets-manager" && store !== "aws-parameter-store") return [];
        const own = documents.map(({ path, readers }) => ({
            store,
            path,
            readers: readers.map(({ identity }) => `arn:aws:iam::${aws?.accountId ?? ""}:role/${identity}`),
        }));
        return [[name, own] as const];
    });
    return Object.fromEntries(guarded);
}

const guardedSecret = ({ path, readers }: ReadDocument, project: string) => ({
    secretId: path,
    readers: readers.map(({ accountId }) => `${accountId}@${project}.iam.gserviceaccount.com`),
});

/** All fields that have an age in this stack, wherever their store is: the ledger knows it. */
function agingFields(
    { platforms, aws, etcd }: StackConfig,
    catalogue: Catalogue,
): Map<string, RotatingField> {
    const own = catalogue.filter(({ name }) => platforms[name] !== undefined);
    const fields = new Map<string, RotatingField>(ledgerFields(own, aws !== undefined));
    if (etcd !== undefined) fields.set(ETCD_FIELD, ETCD_ROTATION);
    return fields;
}
