import * as vscode from "vscode";
import { readCount, readText, readUri } from "../args";
import { Told, type Handler } from "../services";
import { readPair, readShas } from "./args";

/** Peeks at mainline's fixes from the function that lacks them. */
export const peekFixes: Handler = async ({ server }, arg) => {
  const ref = readPair(arg);
  const uri = readUri(arg);
  const line = readCount(arg, "line");
  const path = readText(arg, "path");
  const fixes = readShas(arg, "fixes");
  if (ref === undefined || uri === undefined || line === undefined || path === undefined || fixes.length === 0) throw new Told(vscode.l10n.t("Use the lens above a function: it knows the function's fixes."));
  const { places } = await server.request("keelson/upstream/fixPlaces", { ...ref, path, fixes, function: readText(arg, "function") ?? "" });
  if (places.length === 0) throw new Told(vscode.l10n.t("The fixes are no longer at hand. Compare anew."));
  const locations = places.map((place) => new vscode.Location(vscode.Uri.parse(place.uri, true), new vscode.Position(place.line - 1, 0)));
  await vscode.commands.executeCommand("editor.action.peekLocations", vscode.Uri.parse(uri, true), new vscode.Position(Math.max(0, line - 1), 0), locations, "peek");
};
