namespace Dfx.Data.Archives;

/// <summary>Files of one kind that are not taken. Its text is a sentence for the user.</summary>
/// <param name="Count">How many.</param>
/// <param name="What">One of them in a word, such as "image".</param>
/// <param name="Where">Their names, folders or extensions.</param>
/// <param name="Why">The reason.</param>
internal sealed record LeftOut(int Count, string What, string Where, string Why)
{
    private const int Named = 5;

    /// <summary>Names in a row: the first few, and dots for the others.</summary>
    public static string Few(IReadOnlyCollection<string> names) => string.Join(", ", names.Take(Named)) + (names.Count > Named ? ", …" : "");

    public override string ToString() => $"{Count} {What}{(Count == 1 ? " was" : "s were")} left out: {Where} ({Why})";
}
