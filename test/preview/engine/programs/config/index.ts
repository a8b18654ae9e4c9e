import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
export const visible = process.env["AWS_ACCESS_KEY_ID"] ?? "nothing";
export const list = config.requireObject<number[]>("list");
export const token = config.requireSecret("token");
console.log(`the token is ${config.require("token")}`);
