import * as pulumi from "@pulumi/pulumi";

/** Says every value of its configuration aloud, in each way in which a careless program does. */
const values = new pulumi.Config().requireObject<Record<string, string>>("values");
for (const value of Object.values(values)) {
    console.log(`printed: ${value}`);
    void pulumi.log.warn(`logged: ${JSON.stringify({ value })}`);
    void pulumi.log.info(`encoded: ${Buffer.from(value).toString("base64")} ${encodeURIComponent(value)}`);
}
throw new Error(`thrown: ${JSON.stringify(values)} ${Object.values(values).join(" ")}`);
