import { counted } from "../../components/domain/counted";
import { addTo } from "../../components/domain/grouped";
import type { SnapshotResource, StackSnapshot } from "../snapshot";
import type { Cost, CostLine } from "./cost";
import { at, list, text } from "./json";
import { PRICED_ON, PRICES, SOURCES } from "./prices";
import type { Price } from "./prices";
import { readsPerMonth } from "./reads";
import type { Reads, ReadStore } from "./reads";

export type { Cost, CostLine } from "./cost";

/**
 * What a stack asks of its clouds in a month, and what that costs by list price: what is kept, and what External Secrets
 * Operator reads. Applications that read a store themselves, deployments and people are not counted.
 *
 * @see AWS Secrets Manager, "Secret encryption and decryption": GetSecretValue decrypts the data key with KMS
 */
export function costOf({ resources }: Pick<StackSnapshot, "resources">): Cost {
    const own = resources.filter(({ custom, read }) => custom && !read);
    const byType = new Map<string, SnapshotResource[]>();
    for (const each of own) addTo(byType, each.type, each);
    const of = (type: string): readonly SnapshotResource[] => byType.get(type) ?? [];
    const lines = [...keptLines(of), ...readLines(of, readsPerMonth(own))].filter(
        ({ callsPerMonth = 0, dollarsPerMonth }) => callsPerMonth > 0 || dollarsPerMonth > 0,
    );
    return {
        lines: lines.sort(
            (a, b) =>
                b.dollarsPerMonth - a.dollarsPerMonth || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0),
        ),
        callsPerMonth: lines
            .filter(({ service }) => service !== KMS)
            .reduce((sum, { callsPerMonth = 0 }) => sum + callsPerMonth, 0),
        dollarsPerMonth: cents(lines.reduce((sum, { dollarsPerMonth }) => sum + dollarsPerMonth, 0)),
        prices: { on: PRICED_ON, sources: SOURCES },
    };
}

type Of = (type: string) => readonly SnapshotResource[];

const SECRETS_MANAGER = "AWS Secrets Manager";
const PARAMETER_STORE = "AWS Parameter Store";
const KMS = "AWS KMS";
const SECRET_MANAGER = "GCP Secret Manager";

function keptLines(of: Of): CostLine[] {
    const secrets = of("aws:secretsmanager/secret:Secret");
    const replicas = sum(secrets, ({ inputs }) => list(inputs["replicas"]).length);
    const advanced = of("aws:ssm/parameter:Parameter").filter(isAdvanced);
    const keys = of("aws:kms/key:Key").length;
    const keyReplicas = of("aws:kms/replicaKey:ReplicaKey").length;
    const metrics = sum(of("aws:cloudwatch/metricAlarm:MetricAlarm"), ({ inputs }) => {
        const queries = list(inputs["metricQueries"]);
        return queries.length === 0 ? 1 : queries.filter((each) => at(each, "metric") !== undefined).length;
    });
    const cryptoKeys = of("gcp:kms/cryptoKey:CryptoKey");
    const hsmKeys = cryptoKeys.filter(
        ({ inputs }) => text(at(inputs, "versionTemplate", "protectionLevel")) === "HSM",
    ).length;
    const softwareKeys = cryptoKeys.length - hsmKeys;
    const versions = activeVersions(of);
    return [
        kept(SECRETS_MANAGER, counted(secrets.length, "secret"), secrets.length, PRICES.awsSecret),
        kept(SECRETS_MANAGER, counted(replicas, "replica"), replicas, PRICES.awsReplica),
        kept(
            PARAMETER_STORE,
            counted(advanced.length, "advanced parameter"),
            advanced.length,
            PRICES.awsAdvancedParameter,
        ),
        kept(KMS, counted(keys, "key"), keys, PRICES.awsKey),
        kept(KMS, counted(keyReplicas, "key replica"), keyReplicas, PRICES.awsKeyReplica),
        kept("AWS CloudWatch", `${counted(metrics, "metric")} of alarms`, metrics, PRICES.awsAlarmMetric),
        kept(SECRET_MANAGER, counted(versions, "active version"), versions, PRICES.gcpVersion),
        kept("GCP KMS", counted(softwareKeys, "key version"), softwareKeys, PRICES.gcpKeyVersion),
        kept("GCP KMS", counted(hsmKeys, "HSM key version"), hsmKeys, PRICES.gcpHsmKeyVersion),
    ];
}

/** Versions of Secret Manager, by location. A secret that declares none has the one that somebody sets by hand. */
function activeVersions(of: Of): number {
    const declared = new Map<string, number>();
    for (const { dependencies } of of("gcp:secretmanager/secretVersion:SecretVersion"))
        for (const urn of dependencies) declared.set(urn, (declared.get(urn) ?? 0) + 1);
    return sum(of("gcp:secretmanager/secret:Secret"), ({ urn, inputs }) => {
        const places = list(at(inputs["replication"], "userManaged", "replicas")).length;
        return (declared.get(urn) ?? 1) * Math.max(1, places);
    });
}

function readLines(of: Of, reads: Reads): CostLine[] {
    const advanced = new Set(
        of("aws:ssm/parameter:Parameter")
            .filter(isAdvanced)
            .map(({ inputs }) => text(inputs["name"])),
    );
    const calls = (store: ReadStore, wanted: (key: string) => boolean = () => true): number =>
        [...(reads.get(store) ?? [])].reduce((total, [key, count]) => total + (wanted(key) ? count : 0), 0);
    const namesOf = (type: string, key: string): ReadonlySet<string | undefined> =>
        new Set(
            of(type)
                .filter(({ inputs }) => inputs[key] !== undefined)
                .map(({ inputs }) => text(inputs["name"])),
        );
    const encrypted = namesOf("aws:secretsmanager/secret:Secret", "kmsKeyId");
    const secure = namesOf("aws:ssm/parameter:Parameter", "keyId");
    return [
        read(SECRETS_MANAGER, "GetSecretValue", calls("aws-secrets-manager"), PRICES.awsSecretCall),
        // With a customer's key KMS is asked to decrypt a secret's data key, or a SecureString, at each read of it.
        read(
            KMS,
            "Decrypt for what is read",
            calls("aws-secrets-manager", (key) => encrypted.has(key)) +
                calls("aws-parameter-store", (key) => secure.has(key)),
            PRICES.awsKeyCall,
        ),
        read(
            PARAMETER_STORE,
            "GetParameter",
            calls("aws-parameter-store", (key) => !advanced.has(key)),
            PRICES.awsParameterCall,
        ),
        read(
            PARAMETER_STORE,
            "GetParameter, advanced",
            calls("aws-parameter-store", (key) => advanced.has(key)),
            PRICES.awsAdvancedParameterCall,
        ),
        read(SECRET_MANAGER, "AccessSecretVersion", calls("gcp-secret-manager"), PRICES.gcpAccess),
    ];
}

function kept(service: string, what: string, count: number, { dollars }: Price): CostLine {
    return { what: `${service}: ${what}`, service, dollarsPerMonth: cents(count * dollars) };
}

function read(service: string, what: string, calls: number, { dollars, per }: Price): CostLine {
    const callsPerMonth = Math.round(calls);
    const each = per === "month" ? 0 : dollars / per.calls;
    return {
        what: `${service}: ${what}`,
        service,
        callsPerMonth,
        dollarsPerMonth: cents(callsPerMonth * each),
    };
}

/** A parameter of `Intelligent-Tiering` is of the standard tier until it has more than 4 KiB. */
const isAdvanced = ({ inputs }: SnapshotResource): boolean => text(inputs["tier"]) === "Advanced";
const cents = (dollars: number): number => Math.round(dollars * 100) / 100;
const sum = <T>(all: readonly T[], count: (each: T) => number): number =>
    all.reduce((total, each) => total + count(each), 0);
