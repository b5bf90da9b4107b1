using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Dfx.Harness.Plugins.Metadata;

/// <summary>Turns the handles and signatures of an assembly into <see cref="TypeShape"/>s. The context is the type arguments in force.</summary>
internal sealed class ShapeProvider(AssemblyMetadata source)
    : ISignatureTypeProvider<TypeShape, ImmutableArray<TypeShape>>, ICustomAttributeTypeProvider<TypeShape>
{
    // Nesting in a real assembly is a handful deep; a damaged one may point in circles.
    private const int DeepestNesting = 32;

    private MetadataReader Reader => source.Reader;

    /// <summary>The full name of a type that the assembly defines.</summary>
    internal string NameOf(TypeDefinitionHandle handle, int depth = 0)
    {
        var type = Reader.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return outer.IsNil ? Join(type.Namespace, type.Name) : $"{NameOf(outer, Deeper(depth))}+{Reader.GetString(type.Name)}";
    }

    /// <summary>The shape of a definition, a reference or an instance of a generic type.</summary>
    internal TypeShape Of(EntityHandle handle, ImmutableArray<TypeShape> arguments) => handle.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(Reader, (TypeDefinitionHandle)handle, 0),
        HandleKind.TypeReference => GetTypeFromReference(Reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => Reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, arguments),
        _ => throw new BadImageFormatException($"a type is a {handle.Kind}"),
    };

    public TypeShape GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        new(source.Name, NameOf(handle));

    public TypeShape GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Reference(handle, 0);

    public TypeShape GetTypeFromSpecification(
        MetadataReader reader, ImmutableArray<TypeShape> genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        Reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeShape GetGenericInstantiation(TypeShape genericType, ImmutableArray<TypeShape> typeArguments) =>
        genericType with { Arguments = typeArguments };

    public TypeShape GetGenericTypeParameter(ImmutableArray<TypeShape> genericContext, int index) =>
        index < genericContext.Length ? genericContext[index] : Language($"!{index}");

    public TypeShape GetPrimitiveType(PrimitiveTypeCode typeCode) => Language("System." + typeCode);

    public TypeShape GetGenericMethodParameter(ImmutableArray<TypeShape> genericContext, int index) => Language($"!!{index}");

    public TypeShape GetSZArrayType(TypeShape elementType) => Language(elementType.FullName + "[]");

    public TypeShape GetArrayType(TypeShape elementType, ArrayShape shape) => Language(elementType.FullName + "[*]");

    public TypeShape GetByReferenceType(TypeShape elementType) => Language(elementType.FullName + "&");

    public TypeShape GetPointerType(TypeShape elementType) => Language(elementType.FullName + "*");

    public TypeShape GetFunctionPointerType(MethodSignature<TypeShape> signature) => Language("delegate*");

    public TypeShape GetModifiedType(TypeShape modifier, TypeShape unmodifiedType, bool isRequired) => unmodifiedType;

    public TypeShape GetPinnedType(TypeShape elementType) => elementType;

    public TypeShape GetSystemType() => Language("System.Type");

    public bool IsSystemType(TypeShape type) => type.FullName == "System.Type";

    public TypeShape GetTypeFromSerializedName(string name) => Language(name.Split(',')[0]);

    // The attributes that are read have no enum but MetricKinds, which is an int as enums are unless they say otherwise.
    public PrimitiveTypeCode GetUnderlyingEnumType(TypeShape type) => PrimitiveTypeCode.Int32;

    private static TypeShape Language(string name) => new("", name);

    private static int Deeper(int depth) =>
        depth < DeepestNesting ? depth + 1 : throw new BadImageFormatException("its types are nested in circles");

    private TypeShape Reference(TypeReferenceHandle handle, int depth)
    {
        var reference = Reader.GetTypeReference(handle);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = Reference((TypeReferenceHandle)reference.ResolutionScope, Deeper(depth));
            return new(outer.Assembly, $"{outer.FullName}+{Reader.GetString(reference.Name)}");
        }

        var assembly = reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)
            : source.Name;
        return new(assembly, Join(reference.Namespace, reference.Name));
    }

    private string Join(StringHandle space, StringHandle name) =>
        space.IsNil ? Reader.GetString(name) : $"{Reader.GetString(space)}.{Reader.GetString(name)}";
}
