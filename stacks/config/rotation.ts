import { ETCD_ROTATION } from "../../components/domain/encryption-key";
import { rotationClasses } from "../../components/domain/catalogue";
import type { Catalogue, Consumer, Document, Platform } from "../../components/domain/catalogue";
import { Duration } from "../../components/domain/duration";
import { suggest } from "../../components/domain/problems";
import type { Problems } from "../../components/domain/problems";
import { classProblems } from "../../components/domain/rotation/overlap-law";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import type { RotationClass } from "../../components/domain/rotation/rotation-class";
import type { StackConfig } from "./schema";

/**
 * The time until a file in a running pod shows a new value of its Secret: the kubelet's sync period and its cache, a
 * minute each by default (Kubernetes documentation, "Mounted Secrets are updated automatically").
 */
export const KUBELET = Duration.parse("2 minutes");

/** Whether the rotation of every field fits how fast this environment deploys, syncs and restarts. */
export function checkRotation(config: StackConfig, catalogue: Catalogue, problems: Problems): void {
    const { rotation, environment, environments } = config;
    if (!Duration.isValid(rotation.deployWithin) || !Duration.isValid(rotation.restartWithin)) return;
    if (!Duration.isValidGo(config.refreshInterval)) return;
    const place = "strongroom:rotation";
    const { after, windows } = rotation;
    if (after === environment) {
        problems.add(`${place}.after`, "an environment can't wait for itself", "Name the one before it");
    } else if (after !== undefined && !environments.includes(after)) {
        problems.add(`${place}.after`, `there is no environment '${after}'`, suggest(after, environments));
    }
    for (const [at, { from, to }] of (windows?.freezes ?? []).entries()) {
        if (from <= to) continue;
        problems.add(
            `${place}.windows.freezes[${String(at)}]`,
            `it ends on ${to}, before it begins on ${from}`,
            "Exchange the two days",
        );
    }
    const platforms = catalogue.filter(({ name }) => config.platforms[name] !== undefined);
    const classes = [...rotationClasses(platforms).values()].map(([first]) => first);
    if (config.etcd !== undefined) classes.push(ETCD_ROTATION.rotationClass);
    const deployWithin = Duration.parse(rotation.deployWithin);
    for (const rotationClass of classes) {
        // Its own faults are the catalogue's, which tells them.
        if (classProblems(rotationClass, "").length > 0) continue;
        const where = `the rotation class '${rotationClass.name}' in ${environment}`;
        problems.addAll(classProblems(rotationClass, where, deployWithin));
    }
    for (const platform of platforms) {
        checkConsumerLags(platform, config, problems);
        checkVersions(platform, config, problems);
    }
}

/** The longest that a change of a store takes to arrive at a consumer when nobody hurries it, and what makes it so. */
export function arrivalOf(
    config: StackConfig,
    platform: Platform,
    { takes }: Consumer,
): { readonly sync: Duration; readonly taking: Duration } {
    const { refreshInterval, rotation, platforms } = config;
    const isSynced = platforms[platform.name]?.secrets !== "kubernetes";
    return {
        sync: isSynced ? Duration.parseGo(refreshInterval) : Duration.zero,
        taking: takes === "files" ? KUBELET : Duration.parse(rotation.restartWithin),
    };
}

/** What a consumer takes to see a change, by its way of delivery, against what the class of a field allows. */
function checkConsumerLags(platform: Platform, config: StackConfig, problems: Problems): void {
    for (const [name, consumer] of Object.entries(platform.consumers)) {
        const { sync, taking } = arrivalOf(config, platform, consumer);
        const why =
            consumer.takes === "files"
                ? `the kubelet ${taking.toString()}`
                : `restartWithin ${config.rotation.restartWithin}`;
        const needed = sync.plus(taking);
        for (const rotationClass of classesRead(platform, consumer.reads)) {
            if (classProblems(rotationClass, "").length > 0) continue;
            const { consumerLag } = timingOf(rotationClass);
            if (!consumerLag.isShorterThan(needed)) continue;
            problems.add(
                `${platform.name}/${name}`,
                `it takes up to ${needed.toString()} to see a change (refreshInterval ${sync.toString()} + ${why}), ` +
                    `and consumerLag of the rotation class '${rotationClass.name}' is ${consumerLag.toString()}`,
                `Set that consumerLag to '${needed.toString()}' or more, or shorten 'strongroom:refreshInterval'`,
            );
        }
    }
}

/** The classes, of those whose values overlap, that a consumer reads. */
function classesRead(platform: Platform, reads: readonly string[]): Set<RotationClass> {
    const read = new Set(reads);
    const fields = Object.values(platform.documents).flatMap(({ fields }) => Object.values(fields));
    return new Set(
        fields.flatMap(({ variable, rotation }) => {
            const { strategy } = rotation.rotationClass;
            const overlaps = strategy === "overlap" || strategy === "two-key";
            return overlaps && variable !== undefined && read.has(variable) ? [rotation.rotationClass] : [];
        }),
    );
}

/** How often one rotation writes the document anew: announce, promote, retire; a swap only once. */
const writesOf = ({ strategy }: RotationClass): number => (strategy === "overlap" ? 3 : 1);

/** A version that is gone is no way back, and a deleted document that can't be restored is none either. */
function checkVersions(platform: Platform, { vault, aws, platforms }: StackConfig, problems: Problems): void {
    const store = platforms[platform.name]?.secrets;
    for (const [name, document] of Object.entries(platform.documents)) {
        const rotating = classesThatKeep(document);
        if (store === "vault" && vault !== undefined) {
            const needed = rotating.reduce((sum, rotationClass) => sum + writesOf(rotationClass), 1);
            if (vault.maxVersions >= needed) continue;
            problems.add(
                "strongroom:vault.maxVersions",
                `'${platform.name}/${name}' needs ${String(needed)} versions when all its fields rotate at the same time`,
                `Set it to ${String(needed)} or more`,
            );
        } else if (store === "aws-secrets-manager" && aws !== undefined && aws.recoveryWindowDays > 0) {
            const longest = Math.max(
                0,
                ...rotating.map((rotationClass) => timingOf(rotationClass).grace.wholeDays),
            );
            if (aws.recoveryWindowDays >= longest) continue;
            problems.add(
                "strongroom:aws.recoveryWindowDays",
                `'${platform.name}/${name}' keeps its previous values for ${String(longest)} days, and could not be restored for as long`,
                `Set it to ${String(longest)} or more`,
            );
        }
    }
}

/** The class of each field whose previous value is kept for a while. */
function classesThatKeep({ fields }: Document): RotationClass[] {
    return Object.values(fields).flatMap(({ rotation: { rotationClass } }) =>
        ["overlap", "swap", "two-key"].includes(rotationClass.strategy) &&
        classProblems(rotationClass, "").length === 0
            ? [rotationClass]
            : [],
    );
}
