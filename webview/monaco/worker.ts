// Runs apart from the page: monaco compares two texts here.
import "monaco-editor/editor/editor.worker";
