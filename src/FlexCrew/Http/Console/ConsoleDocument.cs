using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;

namespace FlexCrew.Http;

/// <summary>Shows a document of <c>docs</c> as a page, with the anchors that links to it use.</summary>
internal static class ConsoleDocument
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    internal static string Page(string name, string markdown) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(name)} · FlexCrew</title>
        <link rel="icon" href="../assets/icon.svg">
        <link rel="stylesheet" href="../assets/console.css">
        </head>
        <body class="document"><main>
        {Markdown.ToHtml(markdown, Pipeline)}
        </main></body>
        </html>
        """;
}
