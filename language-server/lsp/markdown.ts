export { block, code, plain } from "../engine/text/markdown";
