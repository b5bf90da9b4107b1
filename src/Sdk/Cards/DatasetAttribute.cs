namespace Dfx.Sdk;

/// <summary>The card of an <see cref="IDataset"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DatasetAttribute(string id, string title) : CardAttribute(id, title);
