import { documentId, fieldId } from "../../components/domain/catalogue";
import type { Catalogue, Consumer, Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import type { Day } from "../../components/domain/rotation/day";
import { readFields } from "../../components/domain/rotation/read-fields";
import type { ReadField } from "../../components/domain/rotation/read-fields";
import { deliversAllGenerations } from "../../components/domain/rotation/rotation-class";
import { liveStages, stagedField } from "../../components/domain/rotation/stages";
import type { Generations, Ledger, Stage } from "../../components/domain/rotation/stages";
import type { RotatingStack } from "../stack";

export type WorkloadKind = "Deployment" | "StatefulSet" | "CronJob";

/** A field as a consumer should have it. */
export interface ExpectedField {
    /** `devplatform/jwt.secret_key` */
    readonly id: string;
    /** What reaches the consumer: the generation of each stage, and how the stamp names it. */
    readonly stages: readonly ExpectedStage[];
    /** The day of the last change in the ledger, from which on a sync has the new value. */
    readonly since: Day;
}

export interface ExpectedStage {
    readonly stage: Stage;
    /** `devplatform/jwt.secret_key_next`; see the annotation that names generations. */
    readonly stamped: string;
    /** Absent when no generation is in this stage, and none should be delivered. */
    readonly generation: number | undefined;
}

/** A consumer with where its objects are, and what they should say. */
export interface ExpectedConsumer {
    /** `devplatform/backend` */
    readonly id: string;
    /** A key of `strongroom:clusters`. */
    readonly cluster: string;
    readonly namespace: string;
    readonly workload: { readonly kind: WorkloadKind; readonly name: string };
    readonly takes: Consumer["takes"];
    readonly secretName: string;
    /** Absent where the cluster keeps the values itself, and nothing is synced. */
    readonly externalSecret: string | undefined;
    readonly fields: readonly ExpectedField[];
}

/** The consumers of a stack that read something with an entry in the ledger; the others have nothing to prove. */
export function expectedConsumers(
    { config, ledger, environment }: RotatingStack,
    catalogue: Catalogue,
): ExpectedConsumer[] {
    return catalogue.flatMap((platform) => {
        const placed = config.platforms[platform.name];
        if (placed === undefined) return [];
        const { namespace } = new Names(platform.name, environment);
        return Object.entries(platform.consumers).flatMap(([name, consumer]) => {
            const fields = readFields(platform, consumer).flatMap((read) =>
                expectedField(platform, read, ledger),
            );
            if (fields.length === 0) return [];
            return [
                {
                    id: `${platform.name}/${name}`,
                    cluster: placed.cluster,
                    namespace,
                    workload: workloadOf(consumer),
                    takes: consumer.takes,
                    secretName: consumer.secretName,
                    externalSecret: placed.secrets === "kubernetes" ? undefined : name,
                    fields,
                },
            ];
        });
    });
}

function workloadOf({ workload }: Consumer): ExpectedConsumer["workload"] {
    const [kind, name] = workload.split("/") as [WorkloadKind, string];
    return { kind, name };
}

function expectedField(platform: Platform, read: ReadField, ledger: Ledger): ExpectedField[] {
    const { documentName, fieldName, rotation, isPart } = read;
    const id = fieldId(platform.name, documentName, fieldName);
    const generations = ledger[id];
    if (generations === undefined) return [];
    const delivered: readonly Stage[] =
        deliversAllGenerations(rotation.rotationClass) && !isPart
            ? ["current", "next", "previous"]
            : ["current"];
    const live = new Map(liveStages(generations).map(({ stage, generation }) => [stage, generation]));
    const stages = delivered.map((stage) => ({
        stage,
        stamped: `${documentId(platform.name, documentName)}.${stagedField(fieldName, stage)}`,
        generation: live.get(stage),
    }));
    return [{ id, stages, since: lastChange(generations) }];
}

const lastChange = ({ current, next }: Generations): Day =>
    next !== undefined && next.since > current.since ? next.since : current.since;
