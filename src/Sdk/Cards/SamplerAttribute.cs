namespace Dfx.Sdk;

/// <summary>The card of an <see cref="ISampler{TModel}"/>.</summary>
/// <inheritdoc cref="CardAttribute" path="/param"/>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SamplerAttribute(string id, string title) : CardAttribute(id, title);
