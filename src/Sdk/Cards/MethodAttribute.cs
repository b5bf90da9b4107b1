namespace Dfx.Sdk;

/// <summary>The card of an <see cref="IMethod{TModel}"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MethodAttribute(string id, string title) : CardAttribute(id, title);
