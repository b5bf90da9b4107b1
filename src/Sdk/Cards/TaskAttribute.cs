namespace Dfx.Sdk;

/// <summary>The card of an <see cref="ITask"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskAttribute(string id, string title) : CardAttribute(id, title);
