namespace Dfx.Sdk;

/// <summary>The card of an <see cref="IAnalysis"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class AnalysisAttribute(string id, string title) : CardAttribute(id, title);
