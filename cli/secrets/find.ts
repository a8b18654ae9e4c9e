import path from "node:path";

import { lintSource } from "@secretlint/core";
import { rules as recommended } from "@secretlint/secretlint-rule-preset-recommend";

import { shapesRule } from "./shapes";

/** A place that looks like a secret. What it says is not part of it, and never printed. */
export interface Finding {
    /** From 1. */
    readonly line: number;
    /** `aws/AWSSecretAccessKey`: who found it, and as what. */
    readonly rule: string;
}

const PREFIX = "@secretlint/secretlint-rule-";

/** By this one a comment in the file itself would switch the scan off; exceptions are in one file, which has owners. */
const LEFT_OUT = `${PREFIX}filter-comments`;

const CONFIG = {
    rules: [...recommended.filter(({ meta }) => meta.id !== LEFT_OUT), shapesRule].map((rule) => ({
        id: rule.meta.id,
        rule,
    })),
};

/** Finds what looks like a secret in one text; `name` tells the scanner what kind of file it is. */
export async function findSecrets(name: string, content: string): Promise<Finding[]> {
    const { messages } = await lintSource({
        source: { filePath: name, content, ext: path.extname(name), contentType: "text" },
        options: { config: CONFIG, maskSecrets: true, noPhysicFilePath: true },
    });
    const found = messages.map(({ loc, ruleId, messageId }) => ({
        line: loc.start.line,
        rule: `${ruleId.replace(PREFIX, "")}/${messageId}`,
    }));
    // A pair of keys on one line is one place to look at.
    return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}
