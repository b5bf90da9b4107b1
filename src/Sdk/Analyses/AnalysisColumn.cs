namespace Dfx.Sdk;

/// <summary>A column of a table.</summary>
/// <param name="Name">Kebab-case, such as <c>effective-references</c>.</param>
/// <param name="Description">What it holds, with its unit.</param>
public sealed record AnalysisColumn(string Name, string Description);
