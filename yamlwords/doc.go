// Package yamlwords says in Chinese what is wrong with a YAML file, and in
// which line. The libraries say it in English, to programmers.
package yamlwords
