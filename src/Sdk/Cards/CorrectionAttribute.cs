namespace Dfx.Sdk;

/// <summary>The card of an <see cref="ICorrection"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CorrectionAttribute(string id, string title) : CardAttribute(id, title);
