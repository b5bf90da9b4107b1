namespace Dfx.Sdk;

/// <summary>
/// What a plugin type is called and where it comes from. Hosts read it from the assembly's metadata, without running any of its code.
/// </summary>
/// <remarks>
/// A type with a card has one public constructor, which takes nothing or one options record. The record's primary constructor declares
/// the parameters: each has a default, and may carry <see cref="System.ComponentModel.DescriptionAttribute"/> and
/// <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>, and those of a method or correction <see cref="InferenceAttribute"/>. Types: bool,
/// int, long, double, string, enums, and nullable forms of these. In a matrix file the names are kebab-case: <c>ReferenceBatch</c> is <c>reference-batch</c>.
/// </remarks>
/// <param name="id">What a matrix file calls it: kebab-case, unique among its kind; a slash may group ids.</param>
/// <param name="title">What tables and figures call it.</param>
public abstract class CardAttribute(string id, string title) : Attribute
{
    /// <summary>What a matrix file calls it.</summary>
    public string Id { get; } = id;

    /// <summary>What tables and figures call it.</summary>
    public string Title { get; } = title;

    /// <summary>The paper it comes from: authors, venue, year. Empty if there is none.</summary>
    public string Paper { get; init; } = "";
}
