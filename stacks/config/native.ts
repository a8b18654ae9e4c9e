import { fieldId } from "../../components/domain/catalogue";
import type { Document, Platform } from "../../components/domain/catalogue";
import { Duration } from "../../components/domain/duration";
import { Problems, suggest } from "../../components/domain/problems";
import type { Problem } from "../../components/domain/problems";
import { shortestPeriod } from "../../components/domain/rotation/due";
import { parseTemplate } from "../../components/domain/template";
import { APPLICATION_FIELDS } from "../../components/domain/rotation/store-rotation";
import type { AwsRotationConfig, VaultDatabaseConfig } from "./native-schema";
import type { PlatformConfig, StackConfig } from "./schema";

/** The longest period that Secrets Manager takes (API reference, RotationRulesType). */
const PERIOD_DAYS_MAX = 1000;

/** Documents that their store is to rotate: whether it can, and has what it needs. */
export function nativeProblems(
    platform: Platform,
    platformConfig: PlatformConfig,
    config: StackConfig,
): readonly Problem[] {
    const problems = new Problems();
    for (const [name, native] of Object.entries(platformConfig.native)) {
        const place = `strongroom:platforms.${platform.name}.native.${name}`;
        const document = platform.documents[name];
        if (document === undefined) {
            const fix = suggest(name, Object.keys(platform.documents));
            problems.add(place, "the platform has no such document", fix);
            continue;
        }
        const store = native.by === "vault-database" ? "vault" : native.by;
        if (platformConfig.secrets !== store) {
            const message = `the platform keeps its secrets in ${platformConfig.secrets}, which '${native.by}' can't rotate`;
            problems.add(place, message, `Remove it, or set 'secrets: ${store}'`);
        }
        checkShape(platform, name, document, place, problems);
        checkValues(platform, name, document, config, problems);
        if (native.by === "vault-database")
            checkDatabase(platform, document, native, place, config, problems);
        else checkFunction(document, native, place, config, problems);
    }
    return problems.all;
}

/** Nothing of ours knows a value of it: neither can it be composed, nor announced, nor created elsewhere. */
function checkShape(
    platform: Platform,
    name: string,
    document: Document,
    place: string,
    problems: Problems,
): void {
    if (document.format === "text")
        problems.add(
            place,
            "it is a text document, and what rotates it writes JSON",
            "Use the format 'json'",
        );
    for (const [field, { kind, rotation }] of Object.entries(document.fields)) {
        if (kind === "access-key")
            problems.add(
                place,
                `its field '${field}' is an access key, which IAM issues`,
                "Rotate it by the ledger",
            );
        if (rotation.rotationClass.strategy === "overlap") {
            const message = `its field '${field}' rotates by overlap, and what rotates it knows no next and previous value`;
            problems.add(place, message, "Rotate it by the ledger, or give it a class that swaps");
        }
    }
    for (const [other, { fields }] of Object.entries(platform.documents)) {
        for (const [field, spec] of Object.entries(fields)) {
            if (spec.kind !== "composed" || !usesDocument(spec.template, other, name)) continue;
            problems.add(
                place,
                `'${fieldId(platform.name, other, field)}' is composed of it, and nothing here would know its new value`,
                "Give applications the parts, or rotate it by the ledger",
            );
        }
    }
}

/** Whether a composed field stands in the document or takes a part from it. */
function usesDocument(template: string, document: string, used: string): boolean {
    if (document === used) return true;
    try {
        return parseTemplate(template, document).some((part) => "document" in part && part.document === used);
    } catch (error) {
        if (error instanceof SyntaxError) return false; // the catalogue's own check tells it
        throw error;
    }
}

/** A value in the configuration would never reach the store. */
function checkValues(
    platform: Platform,
    name: string,
    { fields }: Document,
    { values, outOfBand }: StackConfig,
    problems: Problems,
): void {
    for (const field of Object.keys(fields)) {
        const id = fieldId(platform.name, name, field);
        const fix = "Remove it, and set the value in the store";
        if (values[id] !== undefined)
            problems.add(`strongroom:values["${id}"]`, "its document is rotated by its store", fix);
        const at = outOfBand.indexOf(id);
        if (at >= 0)
            problems.add(
                `strongroom:outOfBand[${String(at)}]`,
                "its document is rotated by its store",
                "Remove it",
            );
    }
}

function checkFunction(
    document: Document,
    { application, functionArn }: AwsRotationConfig,
    place: string,
    { aws }: StackConfig,
    problems: Problems,
): void {
    if ((application === undefined) === (functionArn === undefined)) {
        const message =
            application === undefined ? "it names no function to call" : "it names two functions to call";
        problems.add(place, message, "Give it 'application' or 'functionArn'");
    }
    if (functionArn !== undefined && aws !== undefined) {
        const [, , , region, account] = functionArn.split(":");
        if (region !== aws.region || account !== aws.accountId) {
            const fix = `Name one of ${aws.region} and ${aws.accountId}`;
            problems.add(`${place}.functionArn`, "the function is in another account or region", fix);
        }
    }
    if (application !== undefined) {
        for (const field of APPLICATION_FIELDS) {
            if (document.fields[field] !== undefined) continue;
            const message = `the function reads the field '${field}', which the document does not have`;
            problems.add(place, message, "Add it to the catalogue, or name a function of your own");
        }
    }
    const periods = Object.values(document.fields).map(({ rotation }) => rotation);
    if (periods.some(({ every }) => every !== undefined && !Duration.isValid(every))) return;
    const period = shortestPeriod(periods);
    if (period === undefined) {
        const message = "none of its fields has a period, and Secrets Manager rotates by one";
        problems.add(place, message, "Give one of them 'every' in the catalogue");
    } else if (period.wholeDays > PERIOD_DAYS_MAX) {
        const message = `it rotates every ${period.toString()}, and Secrets Manager takes ${String(PERIOD_DAYS_MAX)} days at most`;
        problems.add(place, message, "Shorten the period in the catalogue");
    }
}

/** What an account of Vault's database engine consists of. */
const ACCOUNT_FIELDS = ["username", "password"];

function checkDatabase(
    platform: Platform,
    { fields }: Document,
    { lease, maxLease, readOnly }: VaultDatabaseConfig,
    place: string,
    { refreshInterval }: StackConfig,
    problems: Problems,
): void {
    for (const field of new Set([...ACCOUNT_FIELDS, ...Object.keys(fields)])) {
        const isPart = ACCOUNT_FIELDS.includes(field);
        if (!isPart)
            problems.add(
                place,
                `an account has no '${field}'`,
                "Keep 'username' and 'password' in the document",
            );
        else if (fields[field]?.variable === undefined)
            problems.add(
                place,
                `an account has a '${field}', which no variable takes`,
                `Give the field '${field}' one`,
            );
    }
    const variables = ACCOUNT_FIELDS.flatMap((field) => fields[field]?.variable ?? []);
    for (const [consumer, { reads, takes }] of Object.entries(platform.consumers)) {
        const read = variables.filter((variable) => reads.includes(variable));
        if (read.length === 0) continue;
        const at = `${platform.name}/${consumer}`;
        if (read.length === 1 && variables.length === 2) {
            const message = `it reads '${read.join()}' alone, and each account has its own user name`;
            problems.add(at, message, `Let it read ${variables.join(" and ")}`);
        }
        if (takes === "env") {
            const message = "it takes variables, which stay as they are while the account behind them ends";
            problems.add(at, message, "Let it take files");
        }
    }
    for (const consumer of readOnly) {
        if (platform.consumers[consumer] !== undefined) continue;
        const fix = suggest(consumer, Object.keys(platform.consumers));
        problems.add(`${place}.readOnly`, `the platform has no consumer '${consumer}'`, fix);
    }
    if (!Duration.isValid(lease) || !Duration.isValid(maxLease)) return;
    const [life, longest] = [Duration.parse(lease), Duration.parse(maxLease)];
    if (longest.isShorterThan(life))
        problems.add(`${place}.maxLease`, `it is shorter than the lease, ${lease}`, "Lengthen it");
    if (!Duration.isValidGo(refreshInterval)) return;
    // ESO asks for the next account one refresh later, and for the one after that if this fails once.
    const refresh = Duration.parseGo(refreshInterval);
    const needed = refresh.plus(refresh);
    if (!life.isShorterThan(needed)) return;
    problems.add(
        `${place}.lease`,
        `${lease} is too short: an account has to outlive two refreshes, ${needed.toString()}`,
        "Lengthen it, or shorten 'strongroom:refreshInterval'",
    );
}
