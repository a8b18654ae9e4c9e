import type { Document } from "../../components/domain/catalogue";
import { shortestPeriod } from "../../components/domain/rotation/due";
import type { NativeDocument } from "../../components/secrets/native";
import type { RotationFunction } from "../../components/domain/rotation/store-rotation";
import type { AwsRotationConfig, NativeConfig } from "../config/native-schema";
import { configured } from "./platform-stores";

/** What the configuration says of a document that its store rotates; undefined for the others. */
export function nativeDocument(
    document: Document,
    config: NativeConfig | undefined,
): NativeDocument | undefined {
    if (config === undefined) return undefined;
    if (config.by === "vault-database") return { by: config.by };
    const period = configured(shortestPeriod(rotationsOf(document)), "every");
    const rotation = config.valueIsSet ? { period, function: rotationFunction(config) } : undefined;
    return { by: config.by, rotation };
}

const rotationsOf = ({ fields }: Document) => Object.values(fields).map(({ rotation }) => rotation);

function rotationFunction({ functionArn, application }: AwsRotationConfig): RotationFunction {
    return functionArn === undefined ? configured(application, "application") : { functionArn };
}
